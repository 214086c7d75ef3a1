package dev.headline.gateway.http.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The answers that wait for their clients to read them: an answer that is made holds no place in
 * {@link Room}, but its bytes. A connection joins when more is written to it than Netty's high
 * water mark (64 KiB) and leaves when it is read off; an ordinary client leaves at once.
 *
 * <p>Two things end a connection: a client that reads less than {@link Connections#leastRead} bytes
 * in {@link Connections#patience}, and too much unread in all connections together. Then the one
 * that waits longest goes, so that who reads slowly pays, and not who comes next.
 *
 * <p>One for each server. Safe for many threads; takes no lock.
 */
final class UnreadAnswers {

  private final Connections limits;
  private final AtomicLong bytes = new AtomicLong();
  private final Deque<Waiting> waiting = new ConcurrentLinkedDeque<>();

  UnreadAnswers(Connections limits) {
    this.limits = limits;
  }

  /** Watches a connection from its begin. */
  void joinPipeline(ChannelPipeline pipeline) {
    pipeline.addFirst(UnreadAnswers.class.getSimpleName(), new Waiting());
  }

  private void makeRoom() {
    while (bytes.get() > limits.unreadBytes()) {
      Waiting longest = waiting.pollFirst();
      if (longest == null) {
        return;
      }
      longest.giveUp();
    }
  }

  /** One connection; on its thread, but for {@link #giveUp}. */
  private final class Waiting extends ChannelInboundHandlerAdapter {

    private @Nullable Channel channel;
    private @Nullable Future<?> check;
    private final AtomicLong held = new AtomicLong();

    /** What waited when it was last looked at. */
    private long before;

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        leave();
      } else if (check == null) {
        join(context);
      }
      context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      leave();
      context.fireChannelInactive();
    }

    private void join(ChannelHandlerContext context) {
      channel = context.channel();
      before = channel.bytesBeforeWritable();
      held.set(before);
      bytes.addAndGet(before);
      waiting.addLast(this);
      checkLater(context);
      makeRoom();
    }

    private void leave() {
      if (check != null) {
        check.cancel(false);
        check = null;
        waiting.remove(this);
        free();
      }
    }

    private void checkLater(ChannelHandlerContext context) {
      check =
          context
              .executor()
              .schedule(() -> check(context), limits.patience().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
      long now = context.channel().bytesBeforeWritable();
      if (before - now < limits.leastRead()) {
        close(context.channel());
        return;
      }
      before = now;
      checkLater(context);
    }

    private void giveUp() {
      free();
      if (channel != null) {
        close(channel);
      }
    }

    /** Once, whoever comes first. */
    private void free() {
      bytes.addAndGet(-held.getAndSet(0));
    }

    private static void close(Channel channel) {
      // Nobody is left to be told of it.
      var _ = channel.close();
    }
  }
}
