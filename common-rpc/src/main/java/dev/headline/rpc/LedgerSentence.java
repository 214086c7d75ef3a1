package dev.headline.rpc;

import dev.headline.rpc.words.Figures;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A ledger in words. */
final class LedgerSentence {

  /** Room enough for a page, and little enough for a header. */
  private static final int LONGEST = 4 << 10;

  private LedgerSentence() {}

  static String of(Ledger ledger) {
    var sentence = new StringBuilder();
    write(ledger, sentence);
    return sentence.length() <= LONGEST
        ? sentence.toString()
        : sentence.substring(0, LONGEST - 3) + "...";
  }

  private static void write(Ledger ledger, StringBuilder out) {
    if (ledger.given() != Ledger.UNBOUNDED) {
      out.append(millis(ledger.given())).append(" given, ");
    }
    out.append(millis(ledger.spent())).append(" spent, ");
    out.append(millis(ledger.own())).append(" of it here");
    for (Ledger.Entry call : ledger.calls()) {
      out.append("; ");
      write(call, out);
    }
    if (ledger.omitted() > 0) {
      out.append("; and ").append(ledger.omitted()).append(" more");
    }
  }

  private static void write(Ledger.Entry call, StringBuilder out) {
    out.append(call.callee()).append(' ').append(millis(call.spent()));
    if (call.attempts() != 1) {
      out.append(" in ").append(call.attempts()).append(" attempts");
    }
    out.append(", ").append(outcome(call.outcome()));
    Ledger within = call.within();
    if (within != null) {
      out.append(" (");
      write(within, out);
      out.append(')');
    }
  }

  private static String outcome(@Nullable RpcCode code) {
    return code == null ? "still out" : code.name();
  }

  private static String millis(long micros) {
    return Figures.millis(TimeUnit.MICROSECONDS.toNanos(micros));
  }
}
