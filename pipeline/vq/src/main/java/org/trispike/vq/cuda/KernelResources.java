package org.trispike.vq.cuda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trispike.vq.plan.ResourceReport;

/**
 * What machine code takes, as the assembler says with {@code -v}.
 *
 * @param registers of a thread
 * @param staticBytes shared memory of a block that the text declares; dynamic memory is beside it
 * @param stackBytes of a thread: arrays that no register could hold
 * @param spilledBytes stored to and loaded from memory for want of registers
 */
public record KernelResources(int registers, int staticBytes, int stackBytes, int spilledBytes) {
  private static final Pattern FRAME =
      Pattern.compile(
          "(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");
  private static final Pattern REGISTERS = Pattern.compile("Used (\\d+) registers");
  private static final Pattern STATIC = Pattern.compile("(\\d+) bytes smem");

  /** Of the log of a text with one kernel. */
  public static KernelResources parse(String log) {
    Matcher frame = FRAME.matcher(log);
    Matcher registers = REGISTERS.matcher(log);
    if (!frame.find() || !registers.find()) {
      throw new IllegalStateException("The assembler's log has no registers and stack:\n" + log);
    }
    Matcher shared = STATIC.matcher(log);
    return new KernelResources(
        Integer.parseInt(registers.group(1)),
        shared.find() ? Integer.parseInt(shared.group(1)) : 0,
        Integer.parseInt(frame.group(1)),
        Integer.parseInt(frame.group(2)) + Integer.parseInt(frame.group(3)));
  }

  /** Whether all that the kernel holds is in registers. */
  public boolean inRegisters() {
    return stackBytes == 0 && spilledBytes == 0;
  }

  /** What the planner wants to know. */
  public ResourceReport report(CudaKernel kernel) {
    return new ResourceReport(kernel.threads(), registers, kernel.ownBytes() + staticBytes);
  }
}
