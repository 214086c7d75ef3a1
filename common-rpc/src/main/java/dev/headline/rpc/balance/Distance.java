package dev.headline.rpc.balance;

import dev.headline.rpc.discovery.Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far away an address is: the cheaper the way there, the nearer.
 *
 * @param ownHosts names and literal addresses of this machine beside {@code localhost}
 */
record Distance(Set<String> ownHosts) {

  static final int IN_PROCESS = 0;
  static final int UNIX = 1;
  static final int SAME_HOST = 2;
  static final int ELSEWHERE = 3;

  Distance {
    ownHosts = Set.copyOf(ownHosts);
  }

  /** Asks the network interfaces, and no name server. */
  static Distance fromThisMachine() {
    Set<String> hosts = new TreeSet<>();
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress)
          .forEach(hosts::add);
    } catch (SocketException e) {
      // Then only loopback addresses are known to be near.
      hosts.clear();
    }
    return new Distance(hosts);
  }

  int of(Address address) {
    return switch (address) {
      case Address.InProcess _ -> IN_PROCESS;
      case Address.Unix _ -> UNIX;
      case Address.Tcp(String host, _) -> isOwn(host) ? SAME_HOST : ELSEWHERE;
    };
  }

  private boolean isOwn(String host) {
    return host.equals("localhost")
        || host.startsWith("127.")
        || host.equals("::1")
        || ownHosts.contains(host);
  }
}
