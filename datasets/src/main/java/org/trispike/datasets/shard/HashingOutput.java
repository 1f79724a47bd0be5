package org.trispike.datasets.shard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.trispike.kernels.io.Sha256;

/**
 * A Parquet file that knows its SHA-256 when it is closed, without being read again, and whose
 * footer is put in order.
 */
final class HashingOutput implements OutputFile {
  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private long position;

  /** The end of the file, once it is held back. */
  private Optional<ByteArrayOutputStream> end = Optional.empty();

  HashingOutput(OutputStream out) {
    this.out = out;
  }

  long bytes() {
    return position;
  }

  String sha256() {
    return Sha256.hex(digest);
  }

  /** Keeps what is still to come, the last row group and the footer, until the file is closed. */
  void holdBack() {
    end = Optional.of(new ByteArrayOutputStream());
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return createOrOverwrite(blockSizeHint);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return new PositionOutputStream() {
      @Override
      public long getPos() {
        return position;
      }

      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        position += length;
        if (end.isPresent()) {
          end.get().write(bytes, offset, length);
        } else {
          pass(bytes, offset, length);
        }
      }

      private void pass(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        digest.update(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void close() throws IOException {
        if (end.isPresent()) {
          byte[] bytes = FooterOrder.sorted(end.get().toByteArray());
          end = Optional.empty();
          pass(bytes, 0, bytes.length);
        }
        out.close();
      }
    };
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }
}
