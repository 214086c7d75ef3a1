package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.FakeCallee;
import dev.headline.rpc.Health;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.transport.Channels;

/** A callee behind a pick: always of the same instance, whom no call reaches. */
final class Picked implements Endpoint, AutoCloseable {

  private final FakeCallee callee;
  private final Connection connection;

  Picked(FakeCallee callee) {
    this.callee = callee;
    var address = new Address.InProcess("nobody");
    var instance =
        new Instance("users-1", "user-service", "default", address, Instance.DEFAULT_WEIGHT);
    this.connection = new Connection(instance, Channels.open(address), Health.GOOD);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public <Q, R> R invoke(Call<Q, R> call) {
    call.connection(connection);
    return callee.invoke(call);
  }

  @Override
  public void close() {
    connection.channel().shutdownNow();
  }
}
