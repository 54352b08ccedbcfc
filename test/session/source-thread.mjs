// Starts the thread of a cold scan from its source, which a thread does not load by itself.
import { register } from 'tsx/esm/api';

register();
await import('#session/extract-thread');
