// Figures as people read them. Thousands apart, at most four significant digits, units named.
const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

export const count = number => number === null || number === undefined ? '–' : whole.format(number);

export const times = number => number === null || number === undefined ? '–' : tenth.format(number);

export function millis(value) {
  if (value === null || value === undefined) return '–';
  if (value >= 100000) return `${Math.floor(value / 60000)} min ${whole.format(value % 60000 / 1000)} s`;
  if (value >= 1000) return `${tenth.format(value / 1000)} s`;
  return `${value >= 9.95 ? whole.format(value) : value.toFixed(value >= 0.0995 || value === 0 ? 1 : 2)} ms`;
}

export const nanos = value => value === null || value === undefined ? '–' : millis(value / 1e6);

export function bytes(value) {
  if (value === null || value === undefined) return '–';
  if (value < 1000) return `${value} B`;
  if (value < 1e6) return `${value < 9950 ? tenth.format(value / 1e3) : whole.format(value / 1e3)} KB`;
  if (value < 1e9) return `${value < 9.95e6 ? tenth.format(value / 1e6) : whole.format(value / 1e6)} MB`;
  return `${tenth.format(value / 1e9)} GB`;
}

/** Memory, in units of 1,024 as hosting plans and `free` count it. */
export function memory(value) {
  if (value === null || value === undefined) return '–';
  const mega = value / 1048576;
  return mega >= 10240 ? `${tenth.format(mega / 1024)} GB` : `${mega < 9.95 ? tenth.format(mega) : whole.format(mega)} MB`;
}

export const percent = share => share === null || share === undefined ? '–' : `${whole.format(share * 100)}%`;

/** `1 query`, `2 queries`. */
export const of = (number, one, several) => `${count(number)} ${number === 1 ? one : several}`;

/** A moment of the run: since its start, with the wall clock where it is known. */
export function moment(t, startedAtMillis) {
  const since = `+${millis(Math.max(0, t))}`;
  return startedAtMillis ? `${new Date(startedAtMillis + t).toLocaleTimeString()} (${since})` : since;
}
