export { type Clock, type Instant, isoMicroTime, isoTime, type Timer } from './clock.ts';
export { ClockGroup } from './clock-group.ts';
export { hash, Random } from './random.ts';
export { VirtualClock } from './virtual-clock.ts';
export { WallDriver } from './wall-driver.ts';
