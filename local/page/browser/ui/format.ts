/** 0.42 → "0.4 s"; 75 → "1 min 15 s" */
export function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** 12345 → "12,345" */
export const integer = (value: number): string => Math.round(value).toLocaleString("en-US");
