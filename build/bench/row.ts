// One line of the benchmark's table.

export interface Row {
  readonly what: string;
  readonly value: string;
  /** Empty where nothing is promised. */
  readonly budget: string;
  readonly isWithin: boolean;
}
