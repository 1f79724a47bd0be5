package org.trispike.datasets.format.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG.Bits;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

final class Aedat4ReaderTest {
  private static final String STREAM =
      """
      <dv version="2.0"><node name="outInfo" path="/outInfo/">
        <node name="0" path="/outInfo/0/">
          <attr key="typeIdentifier" type="string">EVTS</attr>
          <node name="info"><attr key="sizeX" type="int">320</attr>
            <attr key="sizeY" type="int">240</attr></node>
        </node>
        <node name="2"><attr key="typeIdentifier" type="string">IMUS</attr></node>
      </node></dv>
      """;

  private static final int NONE = 0;
  private static final int LZ4 = 1;
  private static final int ZSTD = 3;

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A flatbuffer behind its size: root, identifier, list of fields, table, then what it holds. */
  private static byte[] header(int packing, long table, String text) {
    byte[] xml = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = little(4 + 48 + xml.length);
    out.putInt(48 + xml.length).putInt(20).put("IOHE".getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 10).putShort((short) 20); // sizes of the list and of the table
    out.putShort((short) 4).putShort((short) 8).putShort((short) 16).putShort((short) 0);
    out.putInt(12).putInt(packing).putLong(table).putInt(8).putInt(0); // 12 back to the list
    return out.putInt(xml.length).put(xml).array();
  }

  private static byte[] content(Events events) {
    ByteBuffer out = little(4 + 28 + events.size() * 16);
    out.putInt(28 + events.size() * 16).putInt(16);
    out.put("EVTS".getBytes(StandardCharsets.US_ASCII));
    out.putShort((short) 0).putShort((short) 6).putShort((short) 8).putShort((short) 4);
    out.putInt(6).putInt(4).putInt(events.size());
    for (int i = 0; i < events.size(); i++) {
      out.putLong(events.micros()[i]).putShort(events.x()[i]).putShort(events.y()[i]);
      out.put(events.polarity()[i]).put(new byte[3]);
    }
    return out.array();
  }

  private static byte[] packet(int stream, byte[] bytes) {
    return little(8 + bytes.length).putInt(stream).putInt(bytes.length).put(bytes).array();
  }

  private static byte[] lz4(byte[] bytes, Bits... bits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LZ4FrameOutputStream frame =
        new LZ4FrameOutputStream(out, BLOCKSIZE.SIZE_64KB, bytes.length, bits)) {
      frame.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] independent(byte[] bytes) {
    return lz4(bytes, Bits.BLOCK_INDEPENDENCE);
  }

  /** The magic, the header and then these parts. */
  private static Recording file(byte[] header, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("#!AER-DAT4.0\r\n".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(header);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return new Recording("a.aedat4", out.toByteArray());
  }

  private static Recording one(int packing, byte[] packed) {
    return file(header(packing, -1, STREAM), packet(0, packed));
  }

  private static final Events EVENTS = Recording.random(9000, 320, 240, 90);

  private static void readsPacked(int packing, UnaryOperator<byte[]> pack)
      throws CorruptInputException {
    Recording file =
        file(
            header(packing, -1, STREAM),
            packet(0, pack.apply(content(EVENTS.slice(0, 8000)))),
            packet(2, new byte[] {1, 2, 3}), // of no interest, so nobody unpacks it
            packet(0, pack.apply(content(EVENTS.slice(8000, 9000)))));
    Events expected =
        new Events(320, 240, EVENTS.micros(), EVENTS.x(), EVENTS.y(), EVENTS.polarity(), 1);
    Recording.same(file.events(), expected);
    Recording.same(new Recording("a.aedat", file.bytes()).events(), expected);
  }

  @Test
  void readsEveryPacking() throws CorruptInputException {
    readsPacked(NONE, bytes -> bytes);
    readsPacked(LZ4, Aedat4ReaderTest::independent);
    readsPacked(
        LZ4 + 1,
        bytes ->
            lz4(
                bytes,
                Bits.BLOCK_INDEPENDENCE,
                Bits.BLOCK_CHECKSUM,
                Bits.CONTENT_CHECKSUM,
                Bits.CONTENT_SIZE));
    readsPacked(ZSTD, bytes -> Zstd.compress(bytes));
    readsPacked(ZSTD + 1, bytes -> Zstd.compress(bytes, 12));
  }

  @Test
  void packetsEndBeforeTheirTable() throws CorruptInputException {
    byte[] packet = packet(0, content(EVENTS.slice(0, 9)));
    int end = 14 + header(NONE, 0, STREAM).length + packet.length;
    Recording file = file(header(NONE, end, STREAM), packet, new byte[] {9, 9, 9});
    assertThat(file.events().size()).isEqualTo(9);
  }

  @Test
  void withoutASizeTheSensorIsTheSmallest() throws CorruptInputException {
    String bare = STREAM.replace("sizeX", "size");
    Events events = EVENTS.slice(0, 9);
    Events read = file(header(NONE, -1, bare), packet(0, content(events))).events();
    int width = 0;
    for (short x : events.x()) {
      width = Math.max(width, x + 1);
    }
    assertThat(read.width()).isEqualTo(width);
  }

  /** A frame by hand: its second block refers to the first one, and a match runs into itself. */
  @Test
  void blocksOfLz4MayReferToEarlierOnes() throws CorruptInputException {
    byte[] plain = "0123456789012345678901234567xyzxyzxyz!".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out = little(100).putInt(0x184D2204).put((byte) 0x40).put((byte) 0x40).put((byte) 0);
    out.putInt(11).put((byte) 0xA0).put("0123456789".getBytes(StandardCharsets.US_ASCII));
    out.putInt(11).put(new byte[] {0x0E, 10, 0}); // 18 bytes from 10 back
    out.put(new byte[] {0x32, 'x', 'y', 'z', 3, 0, 0x10, '!'}).putInt(0);
    Recording file = new Recording("a.aedat4", out.array());
    Source source = Source.of(file, file.path(), Limits.defaults());
    byte[] unpacked = Lz4Frame.unpack(source, file.bytes(), 0, out.position(), 1000);
    assertThat(unpacked).containsExactly(plain);
  }

  @Test
  void namesWhatIsWrongWithTheFile() {
    byte[] packet = packet(0, content(EVENTS.slice(0, 9)));
    Recording good = file(header(NONE, -1, STREAM), packet);
    int body = good.bytes().length - packet.length;
    good.cut(packet.length).fails(Reason.EMPTY, "It has no events");
    good.cut(1).fails(Reason.TRUNCATED, "A packet of 176 bytes is more than the 175 left");
    good.cut(packet.length - 5).fails(Reason.TRUNCATED, "ends in the header of a packet");
    good.cut(packet.length + 9).fails(Reason.TRUNCATED, "'IOHE' of ");
    good.cut(body + packet.length - 20).fails(Reason.TRUNCATED, "ends in the header of 'IOHE'");
    good.with(22, 'X').fails(Reason.BAD_MAGIC, "not of kind 'IOHE'");
    good.with(14, 255, 255, 255, 255).fails(Reason.TRUNCATED, "'IOHE' of 4294967295 bytes");
    good.with(18, 255, 255, 255).fails(Reason.INDEX_OUT_OF_RANGE, "A flatbuffer of ");
    good.with(body + 7, 255).fails(Reason.BAD_HEADER, "A packet has -");
    good.with(body + 8 + 8, 'X').fails(Reason.BAD_MAGIC, "not of kind 'EVTS'");
    good.with(body + 8 + 28, 10).fails(Reason.INDEX_OUT_OF_RANGE, "points to 160 bytes at 28");
    good.with(body + 8 + 28, 255, 255, 255, 255)
        .fails(Reason.INDEX_OUT_OF_RANGE, "points to 68719476720 bytes");
    good.with(body + 8 + 32 + 7, 255).fails(Reason.BAD_ROW, "Event 0 has the time -");
    good.with(body + 8 + 32 + 9, 255).fails(Reason.INDEX_OUT_OF_RANGE, "Event 0 lies at (-");
    good.with(body + 8 + 32 + 9, 2).fails(Reason.INDEX_OUT_OF_RANGE, "outside of 320 x 240");
    good.with(1, '?').fails(Reason.BAD_MAGIC, "no AEDAT file");
    file(header(NONE, 1 << 20, STREAM), packet).fails(Reason.TRUNCATED, "go on to byte 1048576");
    file(header(NONE, 9, STREAM), packet).fails(Reason.BAD_HEADER, "before their start");
    file(header(7, -1, STREAM), packet).fails(Reason.UNSUPPORTED, "packed in way 7");
  }

  @Test
  void namesWhatIsWrongWithTheDescription() {
    described(STREAM.replace("EVTS", "FRME")).fails(Reason.EMPTY, "no stream of events");
    described(STREAM.replace("IMUS", "EVTS")).fails(Reason.UNSUPPORTED, "events of 2 cameras");
    described(STREAM.replace("\"0\"", "\"x\"")).fails(Reason.BAD_HEADER, "'x' is no number");
    described(STREAM.replace("240", "-1")).fails(Reason.BAD_HEADER, "'-1' is no size");
    described(STREAM.replace("</dv>", "")).fails(Reason.BAD_HEADER, "no XML");
    described("").fails(Reason.BAD_HEADER, "no XML");
    described("<node>".repeat(65)).fails(Reason.TOO_LARGE, "nests 65 nodes");
    described("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hosts'>]><a>&b;</a>")
        .fails(Reason.BAD_HEADER, "The entity \"b\" was referenced"); // and not fetched
  }

  private static Recording described(String xml) {
    return file(header(NONE, -1, xml), packet(0, content(EVENTS.slice(0, 9))));
  }

  @Test
  void namesWhatIsWrongWithAPacking() {
    byte[] plain = content(EVENTS.slice(0, 900));
    byte[] lz4 = independent(plain);
    one(LZ4, plain).fails(Reason.BAD_MAGIC, "no frame of LZ4");
    one(LZ4, new byte[2]).fails(Reason.TRUNCATED, "LZ4 needs 1 bytes, of which 0 are left");
    one(LZ4, Arrays.copyOf(lz4, lz4.length - 9)).fails(Reason.TRUNCATED, "LZ4 needs");
    int flags = one(LZ4, lz4).bytes().length - lz4.length + 4;
    one(LZ4, lz4).with(flags, 0x41).fails(Reason.UNSUPPORTED, "has the flags 65");
    one(ZSTD, plain).fails(Reason.CORRUPT_INPUT, "Unpacking ZSTD failed");
    byte[] zstd = Zstd.compress(plain);
    one(ZSTD, Arrays.copyOf(zstd, zstd.length - 9))
        .fails(Reason.CORRUPT_INPUT, "Unpacking ZSTD failed");
    byte[] bomb = new byte[8 << 20];
    one(LZ4, independent(bomb)).fails(Reason.TOO_LARGE, "It unpacks to more than ");
    one(ZSTD, Zstd.compress(bomb)).fails(Reason.TOO_LARGE, "It unpacks to more than 1048576");
    Limits small = GivenLimits.of("zip-bytes = 1000");
    one(LZ4, lz4).fails(small, Reason.TOO_LARGE, "It unpacks to more than 1000 bytes");
    ByteBuffer back = little(30).putInt(0x184D2204).put((byte) 0x40).put((byte) 0x40).put((byte) 0);
    back.putInt(4).put(new byte[] {0x10, 'a', 2, 0}).putInt(0);
    one(LZ4, back.array()).fails(Reason.INDEX_OUT_OF_RANGE, "lies 2 bytes back, behind 1");
  }

  @Test
  void anyDamageIsARecordingOrANamedFault() {
    byte[] plain = content(EVENTS.slice(0, 30));
    one(NONE, plain).survivesDamage();
    one(LZ4, independent(plain)).survivesDamage();
    one(ZSTD, Zstd.compress(plain)).survivesDamage();
  }
}
