package dev.headline.allinone.call;

import dev.headline.allinone.HomeOption;
import dev.headline.allinone.platform.PlatformException;
import dev.headline.allinone.platform.State;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.generic.Catalog;
import dev.headline.rpc.generic.GenericMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes one call and prints its reply. The exit status is 0 if there is one, 1 if the call failed,
 * and 2 if the command makes no sense.
 */
@Command(
    name = "call",
    mixinStandardHelpOptions = true,
    description = {
      "Calls one method of a service of the running platform through both chains and",
      "prints the reply as JSON. On this side the standard policies hold, on the",
      "service's side its own. If it fails: the code and why, with the field that is",
      "to blame."
    })
public final class CallCommand implements Callable<Integer> {

  /** More than any JSON may have, so that what is longer is still seen to be. */
  private static final int MOST_BYTES_READ = 2 * 1024 * 1024;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private HomeOption home = new HomeOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SERVICE/METHOD",
      description = "Such as user-service/BatchGet.")
  private @Nullable String target;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      description = "The request; - reads it from standard input (default: ${DEFAULT-VALUE}).",
      defaultValue = "{}")
  private String json = "{}";

  @Option(names = "--list", description = "Lists all methods and the fields of their requests.")
  private boolean list;

  @Option(
      names = "--to-cluster",
      paramLabel = "CLUSTER",
      description = "The cluster that is called (default: ${DEFAULT-VALUE}).",
      defaultValue = CallKey.DEFAULT_CLUSTER)
  private String toCluster = CallKey.DEFAULT_CLUSTER;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "1ms to 10m, and as much for connecting (default: ${DEFAULT-VALUE}).",
      converter = ShortDuration.class,
      defaultValue = "2s")
  private Duration timeout = Duration.ofSeconds(2);

  @Option(
      names = "--from",
      paramLabel = "NAME",
      description = "The service to call as (default: ${DEFAULT-VALUE}).",
      defaultValue = "headline-cli")
  private String from = "headline-cli";

  @Option(
      names = "--metadata",
      paramLabel = "NAME=VALUE",
      description = "Travels with the call through the whole chain, such as lane=canary.")
  private Map<String, String> metadata = new LinkedHashMap<>();

  /** For picocli. */
  public CallCommand() {}

  @Override
  public Integer call() throws IOException {
    Catalog catalog = Contracts.catalog();
    if (list) {
      catalog.methods().forEach(this::print);
      return 0;
    }
    GenericMethod method = method(catalog);
    CallSession session = session(catalog);
    String request = json.equals("-") ? standardInput() : json;
    State state =
        State.read(home.home())
            .orElseThrow(() -> new PlatformException("Nothing runs: ./headline up"));
    try {
      printLine(out(), session.call(RunningServices.of(state), method, request));
      return 0;
    } catch (RpcException failure) {
      printLine(err(), failure.code() + ": " + failure.getMessage());
      return 1;
    }
  }

  private GenericMethod method(Catalog catalog) {
    String name = target == null ? "" : target;
    int slash = name.indexOf('/');
    if (slash < 0) {
      throw misuse("Which method? SERVICE/METHOD, such as user-service/BatchGet, or --list");
    }
    try {
      return catalog.method(name.substring(0, slash), name.substring(slash + 1));
    } catch (RpcException unknown) {
      throw misuse(String.valueOf(unknown.getMessage()));
    }
  }

  private CallSession session(Catalog catalog) {
    if (!CallKey.isName(toCluster)) {
      throw misuse("No cluster can be named '%s'".formatted(toCluster));
    }
    try {
      var caller = new Caller(from, CallKey.DEFAULT_CLUSTER);
      Origin origin = Origin.of(caller).with(new Baggage(metadata, Map.of()));
      return new CallSession(catalog, origin, toCluster, timeout);
    } catch (IllegalArgumentException nonsense) {
      throw misuse(String.valueOf(nonsense.getMessage()));
    }
  }

  private void print(GenericMethod method) {
    printLine(out(), "%s %s".formatted(method, method.requestFields()));
  }

  private static String standardInput() throws IOException {
    return new String(System.in.readNBytes(MOST_BYTES_READ), StandardCharsets.UTF_8);
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(spec().commandLine(), sentence);
  }

  private static void printLine(PrintWriter where, String line) {
    where.println(line);
    where.flush();
  }

  private PrintWriter out() {
    return spec().commandLine().getOut();
  }

  private PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec, "picocli sets it");
  }
}
