package org.trispike.datasets.format.pickle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.NpyArray;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Reads the data in a pickle of Python, protocols 0 to 5. A pickle is a program for a machine with
 * a stack; this is that machine without the instructions that make objects of any class.
 *
 * <p>Values become null, Boolean, Long, Double, String, byte[], List (tuples and rows of texts
 * too), LinkedHashMap from String or Long, and {@link NpyArray}; single numbers of NumPy become
 * Long, Double and Boolean. Everything else is refused by name. It takes time and memory by the
 * length of the pickle.
 */
public final class Unpickler {
  private static final int HIGHEST_PROTOCOL = 5;

  private final PickleInput in;
  private final Limits limits;
  private final PickleStack stack;
  private final PickleScalars scalars;
  private final NumpyParts numpy;
  private final Map<Long, Object> memo = new HashMap<>();

  private Unpickler(PickleInput in, Limits limits) {
    this.in = in;
    this.limits = limits;
    this.stack = new PickleStack(in);
    this.scalars = new PickleScalars(in);
    this.numpy = new NumpyParts(in);
  }

  /**
   * The value that a pickle holds.
   *
   * @param file what messages call it
   */
  public static Object read(String file, byte[] bytes, Limits limits) throws CorruptInputException {
    return read(file, bytes, 0, limits);
  }

  /** The value of a pickle that begins within a file and ends with it. */
  static Object read(String file, byte[] bytes, int from, Limits limits)
      throws CorruptInputException {
    return new Unpickler(new PickleInput(file, bytes, from), limits).run();
  }

  private Object run() throws CorruptInputException {
    for (int instruction = in.instruction(); instruction != '.'; instruction = in.instruction()) {
      Object scalar = scalars.read(instruction);
      if (scalar != null) {
        stack.push(scalar);
      } else if (!arrange(instruction) && !collect(instruction)) {
        call(instruction);
      }
    }
    Object value = stack.pop();
    in.check(stack.isEmpty(), Reason.CORRUPT_INPUT, "It leaves values on its stack");
    in.check(in.ended(), Reason.CORRUPT_INPUT, "It goes on after its end");
    PickleTree.check(in, value, limits);
    return value;
  }

  /** Instructions that move values, or say something of the pickle. */
  private boolean arrange(int instruction) throws CorruptInputException {
    switch (instruction) {
      case 0x80 -> {
        int protocol = in.uint8();
        if (protocol > HIGHEST_PROTOCOL) {
          throw in.bad(Reason.BAD_HEADER, "Protocol %s is above 5", protocol);
        }
      }
      case 0x95 -> in.need(in.uint64());
      case '(' -> stack.mark();
      case '0' -> stack.drop();
      case '1' -> stack.sinceMark();
      case '2' -> stack.push(stack.top());
      case 'p' -> remember(index(in.line()));
      case 'q' -> remember(in.uint8());
      case 'r' -> remember(in.uint32());
      case 0x94 -> remember(memo.size());
      case 'g' -> recall(index(in.line()));
      case 'h' -> recall(in.uint8());
      case 'j' -> recall(in.uint32());
      default -> {
        return false;
      }
    }
    return true;
  }

  private long index(String line) throws CorruptInputException {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw in.bad(Reason.CORRUPT_INPUT, "'%s' is no place to remember", Source.brief(line));
    }
  }

  private void remember(long index) throws CorruptInputException {
    in.count(1);
    memo.put(index, stack.top());
  }

  private void recall(long index) throws CorruptInputException {
    if (!memo.containsKey(index)) {
      throw in.bad(Reason.CORRUPT_INPUT, "It recalls %s, which it never remembered", index);
    }
    stack.push(NumpyParts.finished(memo.get(index)));
  }

  /** Instructions that make and fill tuples, lists and dictionaries. */
  private boolean collect(int instruction) throws CorruptInputException {
    switch (instruction) {
      case 'N' -> stack.push(null);
      case ')' -> stack.tuple(0);
      case 0x85 -> stack.tuple(1);
      case 0x86 -> stack.tuple(2);
      case 0x87 -> stack.tuple(3);
      case 't' -> stack.push(PickleStack.tuple(stack.sinceMark()));
      case ']' -> stack.push(new ArrayList<>());
      case 'l' -> stack.push(new ArrayList<>(Arrays.asList(stack.sinceMark())));
      case 'a' -> append(stack.pop());
      case 'e' -> append(stack.sinceMark());
      case '}' -> stack.push(new LinkedHashMap<>());
      case 'd' -> {
        Object[] items = stack.sinceMark();
        stack.push(new LinkedHashMap<>());
        put(items);
      }
      case 's' -> {
        Object value = stack.pop();
        put(stack.pop(), value);
      }
      case 'u' -> put(stack.sinceMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void append(Object... items) throws CorruptInputException {
    Object top = stack.top();
    in.check(PickleStack.growing(top), Reason.CORRUPT_INPUT, "It appends to what is no list");
    @SuppressWarnings("unchecked") // made above, of any objects
    List<Object> list = (List<Object>) top;
    list.addAll(Arrays.asList(items));
  }

  private void put(Object... pairs) throws CorruptInputException {
    Object top = stack.top();
    boolean fits = top instanceof LinkedHashMap && pairs.length % 2 == 0;
    in.check(fits, Reason.CORRUPT_INPUT, "It puts a pair into what is no dictionary");
    @SuppressWarnings("unchecked") // made above, from any objects to any
    Map<Object, Object> map = (Map<Object, Object>) top;
    for (int i = 0; i < pairs.length; i += 2) {
      boolean plain = pairs[i] instanceof String || pairs[i] instanceof Long;
      in.check(plain, Reason.UNSUPPORTED, "A key is neither text nor an integer");
      map.put(pairs[i], pairs[i + 1]);
    }
  }

  /** Instructions that name or call something of Python's, or are of no kind that is read. */
  private void call(int instruction) throws CorruptInputException {
    switch (instruction) {
      case 'c' -> {
        String module = in.line();
        stack.push(global(module + "." + in.line()));
      }
      case 0x93 -> {
        Object name = stack.pop();
        Object module = stack.pop();
        boolean named = module instanceof String && name instanceof String;
        in.check(named, Reason.CORRUPT_INPUT, "It asks for something without a name");
        stack.push(global(module + "." + name));
      }
      case 'R' -> {
        Object arguments = stack.pop();
        stack.push(numpy.call(stack.pop(), arguments));
      }
      case 'b' -> {
        Object state = stack.pop();
        stack.push(numpy.build(stack.pop(), state));
      }
      case 'i' -> {
        String module = in.line();
        throw unknown(module + "." + in.line());
      }
      case 0x8F, 0x90, 0x91 -> throw in.bad(Reason.UNSUPPORTED, "Sets are not read");
      case 0x81, 0x92, 'o' -> throw in.bad(Reason.UNSUPPORTED, "Objects of classes are not read");
      case 'P', 'Q', 0x82, 0x83, 0x84, 0x97, 0x98 ->
          throw in.bad(Reason.UNSUPPORTED, "It refers to something outside of the pickle");
      case 'S' -> throw in.bad(Reason.UNSUPPORTED, "Quoted texts of Python 2 are not read");
      default -> throw in.bad(Reason.CORRUPT_INPUT, "%s is no instruction", instruction);
    }
  }

  private Global global(String name) throws CorruptInputException {
    return Global.named(name).orElseThrow(() -> unknown(name));
  }

  private CorruptInputException unknown(String name) {
    return in.bad(Reason.UNSUPPORTED, "It asks for the global %s", Source.brief(name));
  }
}
