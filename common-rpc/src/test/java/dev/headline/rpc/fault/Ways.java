package dev.headline.rpc.fault;

import dev.headline.infra.fault.Fault;
import dev.headline.infra.fault.FaultProxy;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.LocalDirectory;
import java.util.ArrayList;
import java.util.List;

/** A way to each instance of a fleet that can be made bad, and a directory that leads over them. */
final class Ways implements AutoCloseable {

  private final LocalDirectory directory = LocalDirectory.alone();
  private final List<FaultProxy> proxies = new ArrayList<>();

  Ways(Fleet fleet) {
    for (ServerProcess process : fleet.all()) {
      FaultProxy proxy = FaultProxy.to(process.endpoint());
      proxies.add(proxy);
      var _ = directory.register(process.at(proxy.endpoint()));
    }
  }

  /** What clients look instances up in. */
  Directory directory() {
    return directory;
  }

  /** The way to the instance of that number, from one. */
  FaultProxy to(int number) {
    return proxies.get(number - 1);
  }

  void injectAll(Fault fault) {
    proxies.forEach(proxy -> proxy.inject(fault));
  }

  long swallowedBytes() {
    return proxies.stream().mapToLong(FaultProxy::swallowedBytes).sum();
  }

  @Override
  public void close() {
    proxies.forEach(FaultProxy::close);
  }
}
