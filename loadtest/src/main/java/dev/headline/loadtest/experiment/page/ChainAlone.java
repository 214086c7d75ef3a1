package dev.headline.loadtest.experiment.page;

import com.sun.management.ThreadMXBean;
import dev.headline.comment.v1.BatchTopResponse;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.comment.v1.CommentServiceGrpc.CommentServiceBlockingStub;
import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Place;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Suite;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * The child that measures a call which is answered on the threshold of the wire: the stub, the
 * whole of governance above the attempt's own metering, as it is without a tracer, and nothing
 * sent. Says in one line how many nanoseconds and bytes a call takes, and how many nanoseconds the
 * same call takes with {@link StubAlone}; and ends.
 */
final class ChainAlone {

  private static final int BATCH = 20_000;

  private ChainAlone() {}

  public static void main(String... arguments) throws IOException {
    var suite = Suite.named("threshold").with(Place.AROUND_ATTEMPT, _ -> new AnswerAtOnce());
    var comments =
        CommentServiceGrpc.newBlockingStub(
            GovernedSide.channel(
                GovernedSide.serve(), GovernedSide.governance().with(List.of(suite))));
    try (var scope = RequestContext.open(GovernedSide.READER, Duration.ofMinutes(5))) {
      Duration time = Duration.ofMillis(Long.parseLong(arguments[0]));
      Cost cost = scope.context().call(() -> least(comments, StubAlone.stub(), time));
      System.out.println(cost);
    }
    System.exit(0);
  }

  /**
   * The least of many batches: the first run in code that is not compiled yet, and what disturbs
   * one makes it dearer, never cheaper.
   */
  private static Cost least(
      CommentServiceBlockingStub governed, CommentServiceBlockingStub bare, Duration time) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + time.toNanos();
    var least = new Cost(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    while (System.nanoTime() < end) {
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long nanos = nanos(governed, threads);
      bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
      long bareNanos = nanos(bare, threads);
      least = least.or(new Cost(nanos / BATCH, bytes / BATCH, bareNanos / BATCH));
    }
    return least;
  }

  private static long nanos(CommentServiceBlockingStub comments, ThreadMXBean threads) {
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < BATCH; i++) {
      if (comments.batchTop(Page.COMMENTS).getTopsCount() != 0) {
        throw new IllegalStateException("It was sent after all");
      }
    }
    return threads.getCurrentThreadCpuTime() - start;
  }

  /**
   * What one call takes.
   *
   * @param nanos of CPU time
   * @param bytes of memory
   * @param bareNanos of CPU time, with the stub alone
   */
  record Cost(long nanos, long bytes, long bareNanos) {

    static Cost parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Cost(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    Cost or(Cost other) {
      return new Cost(
          Math.min(nanos, other.nanos),
          Math.min(bytes, other.bytes),
          Math.min(bareNanos, other.bareNanos));
    }

    @Override
    public String toString() {
      return nanos + " " + bytes + " " + bareNanos;
    }
  }

  private static final class AnswerAtOnce implements Middleware {

    // Only one method is called.
    @Override
    @SuppressWarnings("unchecked")
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      return (R) BatchTopResponse.getDefaultInstance();
    }
  }
}
