package dev.headline.rpc.discovery;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A request to Consul that is on its way, and its reply. */
final class ConsulExchange {

  private final String what;
  private final CompletableFuture<HttpResponse<String>> response;
  private final Duration limit;

  ConsulExchange(String what, CompletableFuture<HttpResponse<String>> response, Duration limit) {
    this.what = what;
    this.response = response;
    this.limit = limit;
  }

  /**
   * Waits for the whole reply, whatever its status. The limit is kept here because the HTTP
   * client's own ends with the reply's head.
   *
   * @throws IOException if there is none within the limit, or when it has been cancelled
   */
  Reply await() throws IOException {
    try {
      HttpResponse<String> reply = response.get(limit.toNanos(), NANOSECONDS);
      long index = reply.headers().firstValueAsLong("X-Consul-Index").orElse(0);
      return new Reply(what, reply.statusCode(), index, reply.body());
    } catch (NumberFormatException e) {
      throw new IOException(what + ": the index is no number", e);
    } catch (TimeoutException e) {
      cancel();
      throw new HttpTimeoutException("%s: no reply within %s".formatted(what, limit));
    } catch (CancellationException e) {
      throw new IOException(what + ": cancelled", e);
    } catch (ExecutionException e) {
      throw new IOException(what + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + ": interrupted");
    }
  }

  /** Waits for a reply that says 200. Any other status is a failure. */
  Reply awaitSuccess() throws IOException {
    Reply reply = await();
    if (reply.status != 200) {
      throw reply.failure();
    }
    return reply;
  }

  /** Ends the request; whoever waits for it fails at once. */
  void cancel() {
    response.cancel(true);
  }

  /**
   * What Consul says.
   *
   * @param what the request
   * @param status the HTTP status
   * @param index where the list stands, for the next query; 0 where there is none
   * @param body the text
   */
  record Reply(String what, int status, long index, String body) {

    private static final int ENOUGH_TO_TELL = 200;

    /** The reply as a failure, with as much of its text as helps. */
    IOException failure() {
      String text = body.strip();
      String start = text.substring(0, Math.min(text.length(), ENOUGH_TO_TELL));
      return new IOException("%s: status %d: %s".formatted(what, status, start));
    }
  }
}
