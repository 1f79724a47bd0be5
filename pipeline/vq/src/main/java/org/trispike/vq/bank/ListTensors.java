package org.trispike.vq.bank;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.MappedTensors;
import org.trispike.vq.scan.CodeList;
import org.trispike.vq.scan.CodeScan;

/** Maps the lists of one file. Their row numbers are looked at, as searches follow them. */
final class ListTensors {
  private ListTensors() {}

  /**
   * @param all rows of the bank
   * @param scan that knows how many bytes the codes of so many rows are
   */
  static List<CodeList> open(Path file, BankListFile listed, int all, CodeScan scan)
      throws IOException {
    MappedTensors tensors = MappedTensors.open(file);
    IntBuffer sizes = integers(tensors, BankVectors.SIZES);
    IntBuffer rows = integers(tensors, BankVectors.NUMBERS);
    ByteBuffer codes = tensors.bytes(BankVectors.CODES);
    check(sizes.remaining() == listed.lists(), file, "sizes are " + sizes.remaining());
    check(rows.remaining() == listed.rows(), file, "numbers are " + rows.remaining());
    List<CodeList> lists = new ArrayList<>();
    long row = 0;
    long at = 0;
    for (int i = 0; i < sizes.remaining(); i++) {
      int size = sizes.get(i);
      check(size >= 0 && row + size <= listed.rows(), file, "list " + i + " has " + size + " rows");
      long bytes = scan.bytes(size);
      check(at + bytes <= codes.remaining(), file, "codes end inside list " + i);
      lists.add(new CodeList(codes.slice((int) at, (int) bytes), rows.slice((int) row, size)));
      row += size;
      at += bytes;
    }
    check(row == listed.rows() && at == codes.remaining(), file, "rows are left over");
    for (int i = 0; i < listed.rows(); i++) {
      int number = rows.get(i);
      check(number >= 0 && number < all, file, "row " + number + " is outside 0.." + (all - 1));
    }
    return lists;
  }

  private static IntBuffer integers(MappedTensors tensors, String name) throws IOException {
    return tensors.bytes(name).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  private static void check(boolean ok, Path file, String message) throws MalformedFileException {
    if (!ok) {
      throw new MalformedFileException(
          file.toString(), Reason.BAD_SHAPE, message + ", which " + BankManifest.FILE + " denies");
    }
  }
}
