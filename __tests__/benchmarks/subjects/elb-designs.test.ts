import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { clo } from "../../../benchmarks/subjects/clo";
import { elbToEs, isElbToEsLine } from "../../../benchmarks/subjects/elb-to-es";
import { temporaryDirectory } from "../../../tools/processes/temporary-directory";
import { repositoryRoot } from "../../../tools/repository";
import { sampleLines } from "../../../tools/sample-logs";

/** User Guide for Classic Load Balancers, "Access log entries". */
const LINE =
  '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://www.example.com:443/shop?page=2 HTTP/1.1" "curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2';

const object = (count: number) => Buffer.from(`${LINE}\n`.repeat(count));

function bodiesOf(write: (take: (body: Buffer) => void) => void): unknown[][] {
  const bodies: unknown[][] = [];
  write((body) => {
    const lines = body.toString().split("\n");
    expect(lines.pop()).toBe("");
    bodies.push(lines.map((line) => JSON.parse(line)));
  });
  return bodies;
}

describe("elbToEs", () => {
  it("writes 500 documents a request, of all fields and the parts of the URL, under an id of key and line", () => {
    const bodies = bodiesOf((take) => elbToEs(object(501), "a.log", take));
    expect(bodies.map(({ length }) => length)).toEqual([1000, 2]);
    expect(bodies[1]).toEqual([
      {
        index: { _index: "elb-2015-05-13", _type: "elb_access_log", _id: expect.stringMatching(/^[0-9a-f]{40}-500$/) },
      },
      {
        ...{ timestamp: "2015-05-13T23:39:43.945958Z", elb_name: "my-loadbalancer" },
        ...{ client_ip: "192.168.131.39", client_port: "2817", backend_address: "10.0.0.1:80" },
        ...{ request_processing_time: "0.000086", backend_processing_time: "0.001048" },
        ...{ response_processing_time: "0.001337", elb_status_code: "200", backend_status_code: "200" },
        ...{ received_bytes: "0", sent_bytes: "57", request_method: "GET", http_version: "HTTP/1.1" },
        ...{ request_url: "https://www.example.com:443/shop?page=2", user_agent: "curl/7.38.0" },
        ...{ ssl_cipher: "DHE-RSA-AES128-SHA", ssl_protocol: "TLSv1.2" },
        ...{ request_protocol: "https", request_host: "www.example.com", request_port: "443" },
        ...{ request_path: "shop", request_query: "page=2" },
      },
    ]);
  });

  it("takes no line of a TCP listener, and with it no object", () => {
    const line = LINE.replace("200 200", "- -");
    expect(isElbToEsLine(line)).toBe(false);
    expect(() => elbToEs(Buffer.from(line), "a.log", () => {})).toThrow("does not take the line");
  });
});

describe("clo", () => {
  it("writes 10,000 documents a request, of all fields as texts, without an id", () => {
    const bodies = bodiesOf((take) => clo(object(10_001), take));
    expect(bodies.map(({ length }) => length)).toEqual([20_000, 2]);
    expect(bodies[1]![0]).toEqual({ index: {} });
    expect(bodies[1]![1]).toMatchObject({
      ...{ client_port: "2817", target_ip: "10.0.0.1", target_port: "80", sent_bytes: "57", request_proto: "HTTP/1.1" },
      ...{ user_agent: "curl/7.38.0", ssl_protocol: "TLSv1.2" },
    });
  });

  it("begins another request before one has more than 95 MiB", () => {
    const long = LINE.replace("/shop?page=2", `/${"a".repeat(40 * 1024 * 1024)}`);
    const bodies: number[] = [];
    clo(Buffer.from(`${long}\n`.repeat(3)), (body) => bodies.push(body.length));
    expect(bodies).toHaveLength(2);
  });
});

describe("elb_designs.py", () => {
  it.each(["elb-to-es", "clo"])("reads each line by the design %s", async (design) => {
    const lines = sampleLines("Classic Load Balancer access log", 300).filter(isElbToEsLine);
    const folder = await temporaryDirectory();
    const file = join(folder.path, "a.log");
    writeFileSync(file, `${lines.join("\n")}\n`);
    const program = join(repositoryRoot, "benchmarks/subjects/elb_designs.py");
    const { ms, documents } = JSON.parse(execFileSync("python3", [program, file, "a.log", design, "2"]).toString());
    await folder.remove();
    expect([ms.length, documents]).toEqual([2, lines.length]);
  });
});
