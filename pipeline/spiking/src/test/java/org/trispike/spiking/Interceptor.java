package org.trispike.spiking;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.trispike.kernels.Compute;

/** A compute of which single operations can be replaced. */
final class Interceptor {
  /** Handles a call itself and says so, or leaves it to the compute. */
  interface Handler {
    boolean handle(String operation, Object[] arguments);
  }

  private Interceptor() {}

  static Compute around(Compute compute, Handler handler) {
    return (Compute)
        Proxy.newProxyInstance(
            Compute.class.getClassLoader(),
            new Class<?>[] {Compute.class},
            (proxy, method, arguments) -> {
              if (handler.handle(method.getName(), arguments)) {
                return null;
              }
              try {
                return method.invoke(compute, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
