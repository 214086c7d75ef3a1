package dev.headline.rpc.fault;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A user service that behaves as it is told, and whose every user is named like the instance. */
final class ScriptedUsers extends UserServiceGrpc.UserServiceImplBase {

  private final BatchGetResponse answer;
  private final LongAdder begun = new LongAdder();
  private final LongAdder finished = new LongAdder();
  private volatile Workshop workshop = new Workshop(Behaviour.prompt());

  ScriptedUsers(String instance) {
    answer =
        BatchGetResponse.newBuilder().addUsers(User.newBuilder().setDisplayName(instance)).build();
  }

  @Override
  public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
    begun.increment();
    Workshop current = workshop;
    current.work();
    finished.increment();
    current.checkOutcome();
    observer.onNext(answer);
    observer.onCompleted();
  }

  /** Behaves so from the next call on. */
  void behave(Behaviour behaviour) {
    workshop = new Workshop(behaviour);
  }

  Counts counts(long arrived) {
    return new Counts(arrived, begun.sum(), finished.sum());
  }

  /** A behaviour, and its workers. */
  private record Workshop(Behaviour behaviour, Semaphore free) {

    private Workshop(Behaviour behaviour) {
      this(behaviour, new Semaphore(behaviour.workers(), true));
    }

    /** Does not look whether anybody still waits: that is the business of what is under test. */
    private void work() {
      free.acquireUninterruptibly();
      try {
        long start = System.nanoTime();
        long left = behaviour.work().toNanos();
        while (left > 0) {
          LockSupport.parkNanos(left);
          left = behaviour.work().toNanos() - (System.nanoTime() - start);
        }
      } finally {
        free.release();
      }
    }

    private void checkOutcome() {
      if (behaviour.outcome() != RpcCode.OK) {
        throw new RpcException(behaviour.outcome(), "It fails because it was told to");
      }
    }
  }
}
