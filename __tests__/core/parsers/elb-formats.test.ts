import { parseAlbAccess } from "../../../core/parsers/alb-access";
import { parseAlbConnection } from "../../../core/parsers/alb-connection";
import { parseAlbHealthCheck } from "../../../core/parsers/alb-health-check";
import { parseElbAccess } from "../../../core/parsers/elb-access";
import { parseNlbTls } from "../../../core/parsers/nlb-tls";

describe("each ELB format", () => {
  it("leaves the lines of the others alone", () => {
    const parsers = { parseAlbAccess, parseAlbConnection, parseAlbHealthCheck, parseNlbTls, parseElbAccess };
    const lines = {
      parseAlbAccess:
        'http 2018-11-30T22:23:00.186641Z app/a/b 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://a:80/ HTTP/1.1" "curl/7.46.0" - - - "Root=1" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "-"',
      parseAlbConnection: '2024-11-29T13:45:24.599544Z 172.31.43.26 58206 80 - - - "-" - - - TID_16132ed0b4112148',
      parseAlbHealthCheck: "http 2025-10-31T12:44:59.875678Z - 172.31.20.97:80 HealthCheckLogsTarget PASS 200 -",
      parseNlbTls:
        "tls 2.0 2020-04-01T08:51:42 net/a/b c 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - - - - - -",
      parseElbAccess:
        '2015-05-13T23:39:43.945958Z my-lb 192.168.131.39:2817 - -1 -1 -1 503 0 0 0 "GET http://a:80/ HTTP/1.1"',
    };
    for (const [name, line] of Object.entries(lines)) {
      const by = Object.entries(parsers).filter(([, parse]) => parse(line) !== undefined);
      expect([name, by.map(([parser]) => parser)]).toEqual([name, [name]]);
    }
  });
});
