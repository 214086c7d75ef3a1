package dev.headline.infra.fault;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * A way to a server that can be made long, deaf or broken while clients use it. It listens on a
 * port of loopback, and hands every connection on to one target. It needs no privilege, unlike
 * {@code tc} and {@code iptables}, and reaches one client of a server where those reach all.
 *
 * <p>A stream that has lost bytes is of no use to anybody, so a connection that a {@link
 * Fault.BlackHole} or {@link Fault.DropReplies} has taken something from is reset when that fault
 * ends, as by a firewall that no longer knows it. Clients connect anew.
 *
 * <p>Safe for use by many threads. Its own are virtual and end with it.
 */
public final class FaultProxy implements AutoCloseable {

  private final Endpoint target;
  private final ServerSocket door;
  private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
  private final LongAdder swallowed = new LongAdder();
  private volatile Fault fault = Fault.pass();

  private FaultProxy(Endpoint target, ServerSocket door) {
    this.target = target;
    this.door = door;
  }

  /**
   * Opens a way to a target, without a fault at first.
   *
   * @param target where connections are handed on to; it need not listen yet
   * @throws InfraException if no port can be listened on
   */
  public static FaultProxy to(Endpoint target) {
    try {
      ServerSocket door = new ServerSocket();
      door.bind(new InetSocketAddress(InetAddress.ofLiteral(Endpoint.LOOPBACK), 0));
      FaultProxy proxy = new FaultProxy(target, door);
      Thread.ofVirtual().name("fault-proxy-to-" + target).start(proxy::accept);
      return proxy;
    } catch (IOException failure) {
      throw new InfraException("cannot open a way to " + target, failure);
    }
  }

  /** Where clients connect to. */
  public Endpoint endpoint() {
    return Endpoint.loopback(door.getLocalPort());
  }

  /** What is done to the connections now. */
  public Fault fault() {
    return fault;
  }

  /** Does this to all connections from now on, until told otherwise. */
  public synchronized void inject(Fault next) {
    boolean other = !next.equals(fault);
    fault = next;
    for (ProxiedConnection connection : connections) {
      if (next instanceof Fault.Reset || (other && connection.isTorn())) {
        connection.reset();
      }
    }
  }

  /** Takes the fault away: connections that have lost bytes are reset, all else goes on. */
  public void heal() {
    inject(Fault.pass());
  }

  /** How many connections are open. */
  public int connections() {
    return connections.size();
  }

  /**
   * How many bytes have been taken in and not handed on, since the start: whether a fault bites.
   */
  public long swallowedBytes() {
    return swallowed.sum();
  }

  /** Resets all connections and stops listening. */
  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException failure) {
      throw new InfraException("cannot close the way to " + target, failure);
    }
    connections.forEach(ProxiedConnection::reset);
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.startVirtualThread(() -> handOn(client));
      } catch (IOException closed) {
        // Either the door is closed, which ends the loop, or the client has left before we came.
      }
    }
  }

  private void handOn(Socket client) {
    ProxiedConnection connection = new ProxiedConnection(client, this::fault, swallowed::add);
    connections.add(connection);
    // After it is listed, so that whoever closes the proxy or resets meanwhile finds it.
    if (door.isClosed() || fault instanceof Fault.Reset) {
      connection.reset();
    }
    try {
      connection.run(target);
    } finally {
      connections.remove(connection);
    }
  }
}
