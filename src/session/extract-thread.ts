// What a thread of a cold scan does: the bytes of a file become encoded facts, as the main thread would make them.
import { extract } from '#extract/extract';
import { serveTasks } from '#host/threads';
import { scriptOf } from '#project/discover';
import { encodeFacts } from './facts-codec.ts';

serveTasks(({ path, bytes }) => {
  const script = scriptOf(path, bytes);
  return script.problem ? undefined : encodeFacts(extract(script));
});
