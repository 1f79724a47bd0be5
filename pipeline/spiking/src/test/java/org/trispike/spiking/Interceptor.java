package org.trispike.spiking;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.Tensor;

/** A compute of which single operations can be replaced. */
final class Interceptor {
  /** Handles a call itself and says so, or leaves it to the compute. */
  interface Handler {
    boolean handle(String operation, Object[] arguments);
  }

  private Interceptor() {}

  /** A compute whose neurons tell {@code listener} of the spikes that they emit. */
  static Compute watching(Compute compute, Consumer<Tensor> listener) {
    return around(
        compute, (operation, arguments) -> neuron(compute, operation, arguments, listener));
  }

  /** Handles the operation where it is a neuron's. */
  static boolean neuron(
      Compute compute, String operation, Object[] arguments, Consumer<Tensor> listener) {
    if (!operation.equals("neuron")) {
      return false;
    }
    Tensor s = (Tensor) arguments[4];
    compute.neuron(
        (Neuron) arguments[0],
        (Integer) arguments[1],
        (Tensor) arguments[2],
        (Tensor) arguments[3],
        s);
    listener.accept(s);
    return true;
  }

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
