// Who extracts which file of a cold scan. Other threads start while files are still being found and are given a few files at a
// time; the main thread takes those at the other end of the list. Facts depend on the file alone, so nobody can tell who made them.
import type { Host, TaskAnswer, Threads } from '#host/host';
import type { SourceFile } from '#project/project';

export interface Piece {
  readonly file: SourceFile;
  readonly bytes: Uint8Array;
  readonly role: 'source' | 'declaration';
}

/** A thread pays for its start from about so many files on. */
const WORTH_A_THREAD = 250;
/** More threads wait for the main one, which has to decode and join what they make. */
const MAX_THREADS = 4;
/** Two threads of one core take turns: measured on such a machine, parsing gains a twelfth and the start costs more than that. */
const ONE_CORE = 2;
/** Files given ahead while the main thread is busy elsewhere, and while it extracts too: the last ones are waited for. */
const AHEAD = { busy: 96, together: 8 } as const;
/** Nobody waits longer for a thread; what it has not answered is done again. */
const PATIENCE = { rounds: 15 } as const;

export class Crew {
  private readonly pieces: (Piece | undefined)[] = [];
  /** Next piece from the front, for other threads; those behind `last` have been taken by the main thread. */
  private next = 0;
  private last = 0;
  private threads: Threads | undefined;
  private readonly given = new Map<number, Piece>();
  private readonly answers: TaskAnswer[] = [];
  private readonly host: Host;
  private readonly jobs: number;

  /** `jobs` is the number of threads together with the main one. */
  constructor(host: Host, jobs: number | undefined) {
    this.host = host;
    this.jobs = jobs ?? Math.max(1, Math.min(Math.floor(host.parallelism() / ONE_CORE), MAX_THREADS));
  }

  get size(): number {
    return this.last;
  }

  add(piece: Piece): void {
    this.pieces.push(piece);
    this.last = this.pieces.length;
  }

  /** Gives pieces to other threads, once there are enough of them. */
  start(): void {
    if (this.jobs < 2 || this.last < WORTH_A_THREAD || !this.host.startThreads) return;
    this.threads ??= this.host.startThreads(MODULE, this.jobs - 1);
    this.give(AHEAD.busy);
  }

  private give(ahead: number): void {
    const { threads } = this;
    if (!threads) return;
    for (let answer = threads.take('none'); answer; answer = threads.take('none')) this.answers.push(answer);
    while (this.next < this.last && threads.open < ahead * threads.count) {
      const id = this.next++;
      const piece = this.pieces[id];
      this.pieces[id] = undefined;
      if (!piece) continue;
      this.given.set(id, piece);
      threads.give({ id, path: piece.file.path, bytes: piece.bytes });
    }
  }

  /** Every piece once: with its encoded facts, or without them for the caller to extract. */
  *work(): Generator<{ readonly piece: Piece; readonly encoded?: Uint8Array }> {
    for (;;) {
      this.give(AHEAD.together);
      for (const answer of this.answers.splice(0)) yield* this.answered(answer);
      const own = this.takeOwn();
      if (own) yield { piece: own };
      else if (this.given.size === 0) break;
      else {
        const answer = this.threads?.take(PATIENCE);
        if (answer) yield* this.answered(answer);
        else break;
      }
    }
    this.threads?.end();
    for (const piece of this.given.values()) yield { piece };
  }

  private takeOwn(): Piece | undefined {
    if (this.last <= this.next) return undefined;
    const piece = this.pieces[--this.last];
    this.pieces.length = this.last;
    return piece;
  }

  private *answered({ id, bytes: encoded }: TaskAnswer): Generator<{ readonly piece: Piece; readonly encoded?: Uint8Array }> {
    const piece = this.given.get(id);
    if (!piece) return;
    this.given.delete(id);
    yield encoded ? { piece, encoded } : { piece };
  }
}

const MODULE = new URL(`./extract-thread${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);
