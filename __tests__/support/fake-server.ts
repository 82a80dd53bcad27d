import type { HttpRequest, HttpResponse, Send } from "../../core/http/send";

/** The next reply of a fake server in place of its own: a response, or an error such as a refused connection. */
export type Answer = HttpResponse | Error;

/** A `Send` that keeps the requests, and gives the answers that a test has queued before it lets `work` answer. */
export class FakeServer {
  readonly requests: HttpRequest[] = [];
  readonly answers: Answer[] = [];

  constructor(private readonly work: (request: HttpRequest) => HttpResponse) {}

  readonly send: Send = async (request) => {
    this.requests.push(request);
    const answer = this.answers.shift() ?? this.work(request);
    if (answer instanceof Error) throw answer;
    return answer;
  };
}
