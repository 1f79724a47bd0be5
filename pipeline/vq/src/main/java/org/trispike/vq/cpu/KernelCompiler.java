package org.trispike.vq.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Compiles text to classes of this package. Matrices of one shape share a class, so that the JVM
 * optimizes it once. The classes are hidden: they go when nobody uses them any more.
 */
final class KernelCompiler {
  private final Map<String, Object> kernels = new ConcurrentHashMap<>();

  /** The instance of the one class in {@code source}, which has no state. */
  <T> T compile(String source, Class<T> type) {
    return type.cast(kernels.computeIfAbsent(source, KernelCompiler::load));
  }

  private static Object load(String source) {
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(KernelCompiler.class.getClassLoader());
      compiler.cook(source);
      byte[] bytes = compiler.getBytecodes().values().iterator().next();
      MethodHandles.Lookup kernel = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return kernel
          .findConstructor(kernel.lookupClass(), MethodType.methodType(void.class))
          .invoke();
    } catch (CompileException e) {
      throw new IllegalStateException("Generated text does not compile:\n" + source, e);
    } catch (Throwable e) {
      throw new IllegalStateException("A generated class does not load:\n" + source, e);
    }
  }
}
