import { archiveLocation } from "../../../local/delivery/archive";

describe("archiveLocation", () => {
  it.each([
    ["s3://bucket/", { bucket: "bucket", prefix: "" }],
    ["s3://bucket/logs/eu/", { bucket: "bucket", prefix: "logs/eu/" }],
  ])("reads %s", (uri, location) => {
    expect(archiveLocation(uri)).toEqual(location);
  });

  it("rejects anything but an s3:// URI", () => {
    expect(() => archiveLocation("bucket")).toThrow("archive_uri is bucket; expected s3://<bucket>/<prefix>");
  });
});
