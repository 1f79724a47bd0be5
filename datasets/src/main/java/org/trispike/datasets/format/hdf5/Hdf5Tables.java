package org.trispike.datasets.format.hdf5;

import io.jhdf.AbstractNode;
import io.jhdf.Constants;
import io.jhdf.HdfFile;
import io.jhdf.ObjectHeader;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.LinkInfoMessage;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Numbers;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** The datasets of an HDF5 file's root that are asked for; nothing else in it is looked at. */
final class Hdf5Tables {
  private final Source source;
  private final HdfFile file;
  private final long fileBytes;

  private Hdf5Tables(Source source, HdfFile file, long fileBytes) {
    this.source = source;
    this.file = file;
    this.fileBytes = fileBytes;
  }

  static Hdf5Tables of(Source source, HdfFile file, long fileBytes) throws CorruptInputException {
    ObjectHeader root =
        ObjectHeader.readObjectHeader(file.getHdfBackingStorage(), file.getAddress());
    // jHDF would take memory by the number of links that such an index declares.
    for (LinkInfoMessage links : root.getMessagesOfType(LinkInfoMessage.class)) {
      source.check(
          links.getBTreeNameIndexAddress() == Constants.UNDEFINED_ADDRESS,
          Reason.UNSUPPORTED,
          "Its root has an index of links");
    }
    return new Hdf5Tables(source, file, fileBytes);
  }

  Hdf5Table needed(String name) throws CorruptInputException {
    Optional<Hdf5Table> table = find(name);
    source.check(table.isPresent(), Reason.BAD_HEADER, "It has no dataset '%s'", name);
    return table.orElseThrow();
  }

  Optional<Hdf5Table> find(String name) throws CorruptInputException {
    Node node = file.getChild(name);
    if (node == null) {
      return Optional.empty();
    }
    source.check(!node.isLink(), Reason.UNSUPPORTED, "Its '%s' is a link", name);
    if (node instanceof Dataset dataset && node instanceof AbstractNode base) {
      return Optional.of(table(name, dataset, base.getHeader()));
    }
    throw source.bad(Reason.UNSUPPORTED, "Its '%s' is no dataset", name);
  }

  private Hdf5Table table(String name, Dataset dataset, ObjectHeader header)
      throws CorruptInputException {
    DataType type = dataset.getDataType();
    char kind = kind(type);
    source.check(
        kind != 0 && Numbers.known(kind, type.getSize()),
        Reason.UNSUPPORTED,
        "Its '%s' holds no plain numbers",
        name);
    boolean packed = header.hasMessageOfType(FilterPipelineMessage.class);
    long most =
        packed
            ? Math.min(source.limits().zipBytes(), fileBytes * source.limits().zipRatio())
            : fileBytes;
    most = Math.min(most, Integer.MAX_VALUE - 8);
    int[] shape = shape(name, dataset.getDimensionsAsLong(), type.getSize(), most);
    ByteBuffer bytes;
    if (dataset instanceof ChunkedDataset chunked) {
      bytes =
          new Hdf5Chunks(source, name, chunked, header, shape, type.getSize(), most)
              .read(file.getHdfBackingStorage());
    } else if (dataset instanceof DatasetBase whole && !dataset.isEmpty()) {
      bytes = whole.getDataBuffer();
    } else {
      throw source.bad(Reason.EMPTY, "Its '%s' has no data", name);
    }
    long size = type.getSize();
    for (int extent : shape) {
      size *= extent;
    }
    source.check(
        bytes.remaining() >= size, Reason.TRUNCATED, "Its '%s' ends before its numbers do", name);
    bytes.limit(bytes.position() + (int) size).order(((OrderedDataType) type).getByteOrder());
    return new Hdf5Table(new Numbers(bytes, kind, type.getSize()), shape);
  }

  /** As {@link Numbers} has it; 0 if these are none, or numbers with bits to spare. */
  private static char kind(DataType type) {
    if (type instanceof FloatingPoint number && number.getBitPrecision() == 8 * type.getSize()) {
      return 'f';
    }
    if (type instanceof FixedPoint number && number.getBitPrecision() == 8 * type.getSize()) {
      return number.isSigned() ? 'i' : 'u';
    }
    return 0;
  }

  private int[] shape(String name, long[] extents, int size, long most)
      throws CorruptInputException {
    int[] shape = new int[extents.length];
    long bytes = size;
    for (int d = 0; d < shape.length; d++) {
      boolean fits = extents[d] >= 0 && extents[d] <= most && bytes * extents[d] <= most;
      if (!fits) {
        throw source.bad(
            Reason.COUNT_OVERFLOW,
            "Its '%s' claims more than the %s bytes there can be",
            name,
            most);
      }
      bytes *= extents[d];
      shape[d] = (int) extents[d];
    }
    return shape;
  }
}
