/** A time zone of the IANA database, as the platform has it. */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat;

  private constructor(format: Intl.DateTimeFormat) {
    this.format = format;
  }

  /** The zone of a name such as `Europe/Berlin`; undefined if there is none. */
  static named(name: string): TimeZone | undefined {
    // An offset is a zone to the platform, but not to Kubernetes.
    if (!/^[A-Za-z]/.test(name)) return undefined;
    try {
      return new TimeZone(
        new Intl.DateTimeFormat('en-US', {
          timeZone: name,
          calendar: 'gregory',
          numberingSystem: 'latn',
          hourCycle: 'h23',
          year: 'numeric',
          month: 'numeric',
          day: 'numeric',
          hour: 'numeric',
          minute: 'numeric',
          second: 'numeric',
        }),
      );
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Seconds by which its clocks are ahead of UTC at a time, in whole Unix seconds. */
  offsetSeconds(unixSeconds: number): number {
    const parts = this.format.formatToParts(unixSeconds * 1000);
    const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)!.value);
    const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
    return shown / 1000 - unixSeconds;
  }
}
