// Days as they are written everywhere: 2027-01-31.

/** A day of the calendar: the thirtieth of February is none. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
