package dev.headline.infra.doctor;

/**
 * One thing the doctor looked at.
 *
 * @param subject what was looked at, in a word or two
 * @param severity how bad it is
 * @param detail what was found
 * @param remedy the command that mends it, or what to do; empty if nothing is wrong
 */
public record Finding(String subject, Severity severity, String detail, String remedy) {

  /** How bad a finding is. */
  public enum Severity {
    /** Nothing to do. */
    FINE,
    /** The platform runs, with less than it could. */
    DEGRADED,
    /** The platform cannot start. */
    BROKEN
  }

  static Finding fine(String subject, String detail) {
    return new Finding(subject, Severity.FINE, detail, "");
  }

  static Finding degraded(String subject, String detail, String remedy) {
    return new Finding(subject, Severity.DEGRADED, detail, remedy);
  }

  static Finding broken(String subject, String detail, String remedy) {
    return new Finding(subject, Severity.BROKEN, detail, remedy);
  }
}
