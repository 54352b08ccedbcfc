// Threads beside the main one that turn bytes into bytes. The main thread hands tasks over and takes answers without going
// back to its event loop, because everything around it is synchronous; which thread does what never shows in a result.
import { MessageChannel, type MessagePort, parentPort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Task, TaskAnswer, Threads } from './host.ts';

/** What a thread may use: little young memory, so that several do not double the size of the process. */
const YOUNG_MEGABYTES = 24;
/** Smaller than the stack of the main thread: what is nested too deeply there fails here too, and is then tried there. */
const STACK_MEGABYTES = 0.9;
/** The main thread looks again after this, should a thread have died without a word. */
const PATIENCE_MILLISECONDS = 200;

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** Tasks without an answer. */
  open: number;
}

/** `module` calls `serveTasks`. Sources start no thread: what loads them here does not follow there. */
export function startThreads(module: URL, count: number): Threads | undefined {
  if (module.pathname.endsWith('.ts')) return undefined;
  // Counts answers, so that the main thread can sleep until there is one.
  const answered = new Int32Array(new SharedArrayBuffer(4));
  const threads = Array.from({ length: count }, (): Thread => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(module, {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES, stackSizeMb: STACK_MEGABYTES },
      stdin: false,
    });
    worker.postMessage({ port: port2, answered }, [port2]);
    worker.unref();
    port1.unref();
    const thread = { worker, port: port1, open: 0 };
    // A thread that fails answers nothing more; its tasks are done by who gave them.
    worker.on('error', () => undefined);
    return thread;
  });

  const poll = (): TaskAnswer | undefined => {
    for (const thread of threads) {
      const received = receiveMessageOnPort(thread.port) as { readonly message: TaskAnswer } | undefined;
      if (received === undefined) continue;
      thread.open -= 1;
      return received.message;
    }
    return undefined;
  };

  return {
    get open() {
      return threads.reduce((sum, { open }) => sum + open, 0);
    },
    count,
    give(task) {
      const idle = threads.reduce((best, thread) => (thread.open < best.open ? thread : best));
      // A copy of its own: small files share a buffer with others.
      const bytes = Uint8Array.from(task.bytes);
      idle.open += 1;
      idle.port.postMessage({ ...task, bytes }, [bytes.buffer]);
    },
    take(patience) {
      const seen = Atomics.load(answered, 0);
      const ready = poll();
      if (ready !== undefined || patience === 'none') return ready;
      for (let rounds = 0; rounds < patience.rounds; rounds += 1) {
        Atomics.wait(answered, 0, seen, PATIENCE_MILLISECONDS);
        const answer = poll();
        if (answer !== undefined) return answer;
      }
      return undefined;
    },
    end() {
      for (const { worker, port } of threads) {
        port.close();
        void worker.terminate();
      }
    },
  };
}

/** The other end: answers every task; `undefined` when it can't be done here. */
export function serveTasks(work: (task: Task) => Uint8Array | undefined): void {
  parentPort?.once('message', ({ port, answered }: { readonly port: MessagePort; readonly answered: Int32Array }) => {
    port.on('message', (task: Task) => {
      const bytes = attempt(work, task);
      port.postMessage({ id: task.id, bytes } satisfies TaskAnswer, bytes === undefined ? [] : [bytes.buffer as ArrayBuffer]);
      Atomics.add(answered, 0, 1);
      Atomics.notify(answered, 0);
    });
  });
}

function attempt(work: (task: Task) => Uint8Array | undefined, task: Task): Uint8Array | undefined {
  try {
    return work(task);
  } catch {
    // Whoever gave the task does it again, and meets the error where it can be told.
    return undefined;
  }
}
