package dev.headline.rpc.generic;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.TypeRegistry;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.words.Spelling;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be called by name: the unary methods of services, from their compiled contracts. Methods
 * that stream are left out, because only unary calls are governed. Immutable; safe for use by many
 * threads.
 *
 * {@snippet :
 * var catalog = Catalog.of(Map.of("user-service", UserOuterClass.getDescriptor()));
 * }
 */
public final class Catalog {

  private final SortedMap<String, Map<String, GenericMethod>> services;
  private final TypeRegistry types;

  private Catalog(SortedMap<String, Map<String, GenericMethod>> services, TypeRegistry types) {
    this.services = services;
    this.types = types;
  }

  /**
   * The catalog of some services.
   *
   * @param contracts for each service, by its {@linkplain CallKey#isName name}, the file that
   *     declares what it serves
   * @throws IllegalArgumentException if a service's name cannot be one, or if two of its methods
   *     share a name: the five-tuple could not tell them apart
   */
  public static Catalog of(Map<String, FileDescriptor> contracts) {
    var services = new TreeMap<String, Map<String, GenericMethod>>();
    var types = TypeRegistry.newBuilder();
    contracts.forEach(
        (service, contract) -> {
          if (!CallKey.isName(service)) {
            throw new IllegalArgumentException("No service can be named '%s'".formatted(service));
          }
          Map<String, GenericMethod> methods = methods(service, contract);
          // One type brings in all types of its file and of those that it imports.
          methods.values().forEach(method -> types.add(method.types()));
          services.put(service, methods);
        });
    return new Catalog(Collections.unmodifiableSortedMap(services), types.build());
  }

  /**
   * The method of that name.
   *
   * @param service such as {@code user-service}
   * @param method its own name, such as {@code BatchGet}
   * @throws RpcException with {@link RpcCode#NOT_FOUND} if there is none; the sentence has the
   *     nearest name and those there are
   */
  public GenericMethod method(String service, String method) {
    Map<String, GenericMethod> methods = services.get(service);
    if (methods == null) {
      throw unknown("There is no service '%s'", service, services.keySet());
    }
    GenericMethod known = methods.get(method);
    if (known == null) {
      throw unknown(service + " has no method '%s'", method, methods.keySet());
    }
    return known;
  }

  /** Whether it has a service of that name. */
  public boolean knows(String service) {
    return services.containsKey(service);
  }

  /** All methods: by service in alphabetical order, then as the contract has them. */
  public List<GenericMethod> methods() {
    return services.values().stream().flatMap(each -> each.values().stream()).toList();
  }

  /** Every message type there is, for messages that carry others as {@code Any}. */
  TypeRegistry types() {
    return types;
  }

  private static Map<String, GenericMethod> methods(String service, FileDescriptor contract) {
    var methods = new LinkedHashMap<String, GenericMethod>();
    for (ServiceDescriptor declared : contract.getServices()) {
      for (MethodDescriptor method : declared.getMethods()) {
        if (method.isClientStreaming() || method.isServerStreaming()) {
          continue;
        }
        if (methods.put(method.getName(), GenericMethod.of(service, method)) != null) {
          throw new IllegalArgumentException(
              "%s has two methods named %s".formatted(service, method.getName()));
        }
      }
    }
    return Collections.unmodifiableMap(methods);
  }

  private static RpcException unknown(String sentence, String name, Collection<String> known) {
    String nearest = Spelling.nearest(name, known);
    return new RpcException(
        RpcCode.NOT_FOUND,
        sentence.formatted(Excerpt.of(name))
            + (nearest == null ? "" : " (did you mean %s?)".formatted(nearest))
            + "; there are: "
            + String.join(", ", known));
  }
}
