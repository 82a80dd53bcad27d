import type { EngineDirectories, EngineRelease } from "./release";

/** Options of a small JVM that starts fast; the same for each engine. @param heapMib its heap, which it has from the start */
export function jvmOptions({ jna, tmp }: EngineDirectories, heapMib: number): string[] {
  return [
    ...[`-Xms${heapMib}m`, `-Xmx${heapMib}m`, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
    "-Djava.security.manager=allow",
    "-Dlog4j2.disable.jmx=true",
    // Without it SIGTERM takes 30 seconds.
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dio.netty.noUnsafe=true",
    "-Djava.locale.providers=SPI,COMPAT",
    // Without native access an engine does not check whether root starts it.
    ...["-Djna.nosys=true", "-Djna.nounpack=true", `-Djna.boot.library.path=${jna}`],
    `-Djava.io.tmpdir=${tmp}`,
  ];
}

/** Settings of a single node that listens on the loopback interface only. @param port for HTTP; 0: a free one */
export function nodeSettings({ data, logs }: EngineDirectories, port: number): Record<string, unknown> {
  return {
    "cluster.name": "logging-pipeline",
    "discovery.type": "single-node",
    "network.host": "127.0.0.1",
    "http.port": port,
    "transport.port": 0,
    "path.data": data,
    "path.logs": logs,
    // A nearly full disk must not turn indices read-only.
    "cluster.routing.allocation.disk.threshold_enabled": false,
  };
}

/** Logging configuration: warnings, and the line with the port. */
export const log4j = (name: EngineRelease["name"]): string => `
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.http.name = org.${name}.http
logger.http.level = info
logger.natives.name = org.${name}.bootstrap.Natives
logger.natives.level = error
`;
