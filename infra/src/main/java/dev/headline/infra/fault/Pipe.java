package dev.headline.infra.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * One direction of a connection. One thread reads and another writes, with a queue between them: a
 * delay holds each piece back by the same time and not, as one thread would, the pieces behind it
 * by more and more.
 */
final class Pipe {

  private static final int LARGEST_PIECE = 16 << 10;

  /** When as many pieces wait, reading waits too, and with it whoever sends. */
  private static final int MOST_PIECES = 256;

  private final Direction direction;
  private final Owner owner;
  private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(MOST_PIECES);
  private volatile boolean torn;
  private volatile boolean ended;

  Pipe(Direction direction, Owner owner) {
    this.direction = direction;
    this.owner = owner;
  }

  /** Hands bytes on until one side ends; blocks until then. */
  void run(Socket from, Socket to) {
    Thread.startVirtualThread(() -> read(from));
    write(to);
  }

  /** Whether bytes are lost. */
  boolean isTorn() {
    return torn;
  }

  /** Ends both threads; for when the sockets are closed. */
  void end() {
    ended = true;
    queue.clear();
    boolean _ = queue.offer(new Piece(new byte[0], 0));
  }

  private void read(Socket from) {
    byte[] buffer = new byte[LARGEST_PIECE];
    try {
      InputStream in = from.getInputStream();
      int count = in.read(buffer);
      while (count >= 0) {
        take(Arrays.copyOf(buffer, count));
        count = in.read(buffer);
      }
      take(new byte[0]);
    } catch (IOException | InterruptedException gone) {
      owner.reset().run();
    }
  }

  /** A piece without bytes is the end of the stream, which a fault may swallow as well. */
  private void take(byte[] bytes) throws InterruptedException {
    Fault fault = owner.fault().get();
    if (swallows(fault)) {
      torn = true;
      owner.swallowed().accept(bytes.length);
      if (!owner.fault().get().equals(fault)) {
        // It has ended just now, and whoever ended it may not have seen that this one is torn.
        owner.reset().run();
      }
      return;
    }
    queue.put(new Piece(bytes, System.nanoTime() + nanosOf(fault)));
  }

  private boolean swallows(Fault fault) {
    return switch (fault) {
      case Fault.BlackHole() -> true;
      case Fault.DropReplies() -> direction == Direction.REPLIES;
      case Fault.Pass(), Fault.Delay(_), Fault.Reset() -> false;
    };
  }

  private long nanosOf(Fault fault) {
    return switch (fault) {
      case Fault.Delay(var extra) -> direction == Direction.REPLIES ? extra.toNanos() : 0;
      case Fault.Pass(), Fault.BlackHole(), Fault.DropReplies(), Fault.Reset() -> 0;
    };
  }

  private void write(Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      for (Piece piece = queue.take(); !piece.isEnd(); piece = queue.take()) {
        awaitDue(piece);
        out.write(piece.bytes());
      }
      if (!ended) {
        to.shutdownOutput();
      }
    } catch (IOException | InterruptedException gone) {
      owner.reset().run();
    }
  }

  private void awaitDue(Piece piece) {
    long left = piece.due() - System.nanoTime();
    while (left > 0 && !ended) {
      LockSupport.parkNanos(this, left);
      left = piece.due() - System.nanoTime();
    }
  }

  /** Which way the bytes go. */
  enum Direction {
    REQUESTS,
    REPLIES
  }

  /**
   * What both pipes of a connection share.
   *
   * @param fault what is done to it now
   * @param swallowed told how many bytes were not handed on
   * @param reset ends the connection
   */
  record Owner(Supplier<Fault> fault, LongConsumer swallowed, Runnable reset) {}

  /**
   * Bytes on their way.
   *
   * @param bytes none at the end of the stream
   * @param due when they may be written, by {@link System#nanoTime()}
   */
  // Never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Piece(byte[] bytes, long due) {

    boolean isEnd() {
      return bytes.length == 0;
    }
  }
}
