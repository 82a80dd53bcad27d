import { apiClient } from "../../search/client";
import { startServer } from "../support/http-server";

it("says within what time there was no response, and asks no further once nothing has answered", async () => {
  const server = await startServer(() => {});
  const client = apiClient(server.origin, { by: "none" }, "es", 100);
  try {
    for (const path of ["/a", "/b"]) {
      await expect(client.call({ method: "GET", path })).rejects.toThrow(
        `${server.origin} does not answer: no complete response in time, which is 0.1 seconds. Check the address`,
      );
    }
    expect(server.requests.map(({ target }) => target)).not.toContain("/b");
  } finally {
    await server.stop();
  }
});

it("goes on asking an engine that has answered, though one of its responses is late", async () => {
  const server = await startServer(({ target }, response) => {
    if (target !== "/late") response.end("{}");
  });
  const client = apiClient(server.origin, { by: "none" }, "es", 1_000);
  try {
    await client.call({ method: "GET", path: "/a" });
    await expect(client.call({ method: "GET", path: "/late" })).rejects.toThrow("does not answer");
    await expect(client.call({ method: "GET", path: "/b" })).resolves.toMatchObject({ status: 200 });
  } finally {
    await server.stop();
  }
});
