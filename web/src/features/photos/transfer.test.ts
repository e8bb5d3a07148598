import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Problem } from "../../api/client";
import { LONGEST_ANSWER_MS, LONGEST_STALL_MS, put, resumed, STALLED } from "./transfer";

/** A request whose bytes move, and whose answer comes, when a test says so. */
class FakeRequest {
  static last: FakeRequest;
  upload: { onprogress?: (event: { loaded: number }) => void; onload?: () => void } = {};
  onload?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  status = 0;
  aborted = false;
  constructor() {
    FakeRequest.last = this;
  }
  open() {}
  setRequestHeader() {}
  send() {}
  abort() {
    this.aborted = true;
    this.onabort?.();
    this.onloadend?.();
  }
  move(loaded: number) {
    this.upload.onprogress?.({ loaded });
  }
  answer(status: number) {
    this.status = status;
    this.onload?.();
    this.onloadend?.();
  }
}

const file = new File(["0123456789"], "a.jpg");
let shares: number[];
let control: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  shares = [];
  control = new AbortController();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function begun() {
  const told = put({ url: "/there" }, file, (share) => shares.push(share), control.signal).then(
    () => "arrived",
    (error: Error) => error.message,
  );
  return { told, request: FakeRequest.last };
}

test("a transfer that stands still is given up, and says so", async () => {
  const { told, request } = begun();
  vi.advanceTimersByTime(LONGEST_STALL_MS - 1);
  request.move(5);
  vi.advanceTimersByTime(LONGEST_STALL_MS - 1);
  expect(request.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await told).toBe(STALLED);
  expect(shares).toEqual([0.5]);
});

test("once all is sent, the answer has its own time", async () => {
  const { told, request } = begun();
  request.move(10);
  request.upload.onload?.();
  vi.advanceTimersByTime(LONGEST_ANSWER_MS - 1);
  expect(request.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(request.aborted).toBe(true);
  expect(await told).toBe(STALLED);
});

test("what arrived in time is not given up later", async () => {
  const { told, request } = begun();
  request.answer(200);
  expect(await told).toBe("arrived");
  expect(vi.getTimerCount()).toBe(0);
  control.abort();
  expect(request.aborted).toBe(false);
});

test("who takes it back breaks it off, also before it began", async () => {
  const { told, request } = begun();
  control.abort();
  expect(request.aborted).toBe(true);
  expect(await told).not.toBe("arrived");
  expect(await begun().told).not.toBe("arrived");
  expect(FakeRequest.last).toBe(request);
});

const anew = async () => "sent anew";

test("what was sent before is made a photo, and sent anew only where it will never be one", async () => {
  const completing = (failure: Error | null) => async (uploadId: string) => {
    if (failure) throw failure;
    return `photo of ${uploadId}`;
  };
  expect(await resumed(null, completing(null), anew)).toBe("sent anew");
  expect(await resumed("u", completing(null), anew)).toBe("photo of u");
  expect(await resumed("u", completing(new Problem("It has not arrived.", 422, "bad_photo")), anew)).toBe("sent anew");
  expect(await resumed("u", completing(new Problem("There is no such upload.", 422, "not_found")), anew)).toBe("sent anew");
  const lost = new Problem("The service can't be reached.", 0, "unreachable");
  await expect(resumed("u", completing(lost), anew)).rejects.toBe(lost);
});
