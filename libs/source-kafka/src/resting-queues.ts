import RequestQueue from 'kafkajs/src/network/requestQueue';

let isMended = false;

/**
 * kafkajs 2.2.4 looks for pending requests again after every look, a millisecond later, on every connection and for
 * ever, though whatever becomes pending asks for a look itself (tulios/kafkajs#1704). Idle collectors spent most of
 * their CPU on it. Here nothing pending means no look.
 */
export function restIdleQueues(): void {
  if (isMended) return;
  isMended = true;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below on the queue that it is asked of
  const { scheduleCheckPendingRequests: schedule } = RequestQueue.prototype;
  RequestQueue.prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests() {
    if (this.pending.length > 0) schedule.call(this);
  };
}
