const ID = "8f507cfc-0a1b-4697-b07a-ac58fc914c95";

/** Events that Lambda writes with the log format JSON: Lambda Developer Guide, "Lambda Telemetry API `Event` schema reference". */
export const PLATFORM_EVENTS = [
  `{"time":"2024-03-13T18:56:24.046Z","type":"platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:20.v22","runtimeVersionArn":"arn:aws:lambda:us-east-1::runtime:da57c20c","functionName":"shop","functionVersion":"$LATEST","instanceId":"a"}}`,
  `{"time":"2024-03-13T18:56:24.046Z","type":"platform.start","record":{"requestId":"${ID}","version":"$LATEST","tracing":{"spanId":"54565fb41ac79632","type":"X-Amzn-Trace-Id","value":"Root=1-62e900b2-710d76f009d6e7785905449a;Parent=0efbd19962d95b05;Sampled=1"}}}`,
  `{"time":"2024-03-13T18:56:24.046Z","type":"platform.runtimeDone","record":{"requestId":"${ID}","status":"success","spans":[{"name":"responseLatency","start":"2022-08-02T12:01:23.521Z","durationMs":23.02}],"metrics":{"durationMs":200,"producedBytes":15}}}`,
  `{"time":"2024-03-13T18:56:24.046Z","type":"platform.report","record":{"requestId":"${ID}","metrics":{"durationMs":220.5,"billedDurationMs":300,"memorySizeMB":128,"maxMemoryUsedMB":33,"initDurationMs":116.67},"status":"timeout","errorType":"Sandbox.Timedout"}}`,
  `{"time":"2024-03-13T18:56:24.046Z","type":"platform.initReport","record":{"initializationType":"on-demand","status":"success","phase":"init","metrics":{"durationMs":125.33}}}`,
  `{"time":"2024-03-13T18:56:24.046Z","type":"platform.restoreReport","record":{"status":"success","metrics":{"durationMs":15.19}}}`,
  `{"type":"platform.logsDropped","time":"2024-03-13T18:56:24.046Z","record":{"reason":"slow \\"consumer\\"","droppedRecords":123,"droppedBytes":12345}}`,
];

/** What Node.js writes of an error: aws-lambda-nodejs-runtime-interface-client, src/Errors.js. */
export const NODE_ERRORS = [
  `{"errorType":"Error","errorMessage":"declined","stack":["Error: declined","    at handler (file:///var/task/index.mjs:8:11)"]}`,
  `{"errorType":"ResourceNotFoundException","errorMessage":"no \\"orders\\"","name":"ResourceNotFoundException","$fault":"client","$metadata":{"httpStatusCode":400,"attempts":1},"stack":["a","b \\"c\\""]}`,
  `{"errorType":"string","errorMessage":"a","trace":[]}`,
];

/** Behind Node's prefix. */
export const nodeErrorLine = (json: string): string =>
  `2024-08-23T10:15:00.000Z\t${ID}\tERROR\tInvoke Error \t${json}\n`;

/** Tracebacks of Python, whose runtime indents by U+00A0 what nothing caught. */
export const PYTHON_ERRORS = [
  `[ERROR]\t2026-01-31T09:25:21.042Z\t${ID}\tfailed\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3, in f\n    raise ValueError("a")\nValueError: a: "b"\n`,
  `[ERROR]\t2026-01-31T09:25:21.042Z\t${ID}\tx\nTraceback (most recent call last):\nKeyError\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  a\nbotocore.exceptions.ClientError: An error occurred (404): Not Found`,
  `[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'x'\nTraceback (most recent call last):`,
  `[ERROR] ValueError: declined\nTraceback (most recent call last):\n\u00a0\u00a0File "/var/task/app.py", line 3, in handler\n\u00a0\u00a0\u00a0\u00a0raise ValueError`,
  `[ERROR] KeyError\nTraceback (most recent call last):\n  a`,
];
