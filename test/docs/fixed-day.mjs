// Loaded before the command line when a page is followed: the day is that of the page, and there is no network.
import net from 'node:net';

const fixed = Date.parse(`${process.env.FIDUCIARY_TEST_DAY}T12:00:00Z`);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(fixed);
    else super(...parts);
  }

  static now() {
    return fixed;
  }
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...parts) {
  const [first] = parts.flat();
  if (typeof first === 'number' || (typeof first === 'object' && first !== null && first.port !== undefined)) throw new Error('something asked for the network');
  return connect.apply(this, parts);
};
