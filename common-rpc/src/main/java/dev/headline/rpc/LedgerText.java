package dev.headline.rpc;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A ledger as the text of a header: {@code given spent own}, and for each call, in brackets, {@code
 * [service/cluster/method attempts spent outcome]} with the callee's own ledger at its end. The
 * outcome is gRPC's number, or a dash. {@code [+3]} stands for three calls that are left out.
 *
 * <p>For example {@code 795000 790200 1200[user-service/default/BatchGet 2 789000 4[790000 787000
 * 787000]]}; what stands in a call's brackets without a name is its own ledger.
 */
final class LedgerText {

  static final int LONGEST = 2 << 10;

  private static final int DEEPEST = 8;
  private static final Pattern NUMBERS = Pattern.compile("(-1|\\d{1,15}) (\\d{1,15}) (\\d{1,15})");
  private static final Pattern CALL =
      Pattern.compile(
          "\\[(%1$s/%1$s/[A-Za-z0-9_]{1,80}) (\\d{1,4}) (\\d{1,15}) (\\d{1,2}|-)"
              .formatted(CallKey.NAME));
  private static final Pattern OMITTED = Pattern.compile("\\[\\+(\\d{1,9})\\]");

  private final String text;
  private int at;

  private LedgerText(String text) {
    this.text = text;
  }

  static String format(Ledger ledger) {
    for (int depth = DEEPEST; depth >= 0; depth--) {
      String whole = format(ledger, depth, Integer.MAX_VALUE);
      if (whole.length() <= LONGEST) {
        return whole;
      }
    }
    int calls = ledger.calls().size();
    String text;
    do {
      calls /= 2;
      text = format(ledger, 0, calls);
    } while (text.length() > LONGEST);
    return text;
  }

  private static String format(Ledger ledger, int depth, int mostCalls) {
    var out = new StringBuilder();
    write(ledger, depth, mostCalls, out);
    return out.toString();
  }

  private static void write(Ledger ledger, int depth, int mostCalls, StringBuilder out) {
    out.append(ledger.given()).append(' ');
    out.append(ledger.spent()).append(' ').append(ledger.own());
    List<Ledger.Entry> calls = ledger.calls();
    int told = Math.min(mostCalls, calls.size());
    for (Ledger.Entry call : calls.subList(0, told)) {
      write(call, depth, mostCalls, out);
    }
    int omitted = ledger.omitted() + calls.size() - told;
    if (omitted > 0) {
      out.append("[+").append(omitted).append(']');
    }
  }

  private static void write(Ledger.Entry call, int depth, int mostCalls, StringBuilder out) {
    out.append('[').append(call.callee()).append(' ').append(call.attempts());
    out.append(' ').append(call.spent()).append(' ');
    RpcCode outcome = call.outcome();
    out.append(outcome == null ? "-" : String.valueOf(outcome.toGrpc().value()));
    Ledger within = call.within();
    if (within != null && depth > 0) {
      out.append('[');
      write(within, depth - 1, mostCalls, out);
      out.append(']');
    }
    out.append(']');
  }

  static @Nullable Ledger read(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    var reader = new LedgerText(text);
    Ledger ledger = reader.ledger(DEEPEST);
    return reader.at == text.length() ? ledger : null;
  }

  private @Nullable Ledger ledger(int depth) {
    Matcher numbers = next(NUMBERS);
    if (numbers == null) {
      return null;
    }
    List<Ledger.Entry> calls = new ArrayList<>();
    Matcher call;
    while ((call = next(CALL)) != null) {
      boolean nested = depth > 0 && skip('[');
      Ledger within = nested ? ledger(depth - 1) : null;
      boolean closed = !nested || (within != null && skip(']'));
      if (!closed || !skip(']')) {
        return null;
      }
      calls.add(
          new Ledger.Entry(
              call.group(1),
              Integer.parseInt(call.group(2)),
              Long.parseLong(call.group(3)),
              outcome(call.group(4)),
              within));
    }
    Matcher omitted = next(OMITTED);
    return new Ledger(
        Long.parseLong(numbers.group(1)),
        Long.parseLong(numbers.group(2)),
        Long.parseLong(numbers.group(3)),
        calls,
        omitted == null ? 0 : Integer.parseInt(omitted.group(1)));
  }

  private @Nullable Matcher next(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher;
  }

  private boolean skip(char expected) {
    if (at >= text.length() || text.charAt(at) != expected) {
      return false;
    }
    at++;
    return true;
  }

  private static @Nullable RpcCode outcome(String number) {
    return number.equals("-")
        ? null
        : RpcCode.of(Status.fromCodeValue(Integer.parseInt(number)).getCode());
  }
}
