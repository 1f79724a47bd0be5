package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;

final class VocTest {
  private static final Refusal VOC = Refusal.of("Annotations/1.xml", VocAnnotation::read);

  private static final String XML =
      """
      <?xml version="1.0"?>
      <annotation>
        <filename>2008_000001.jpg</filename>
        <source><image>flickr</image></source>
        <size><width>50</width><height>40</height><depth>3</depth></size>
        <object>
          <name>person</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult>
          <bndbox><xmin>1</xmin><ymin>11</ymin><xmax>50</xmax><ymax>20.5</ymax></bndbox>
          <part><name>head</name>
            <bndbox><xmin>3</xmin><ymin>4</ymin><xmax>5</xmax><ymax>6</ymax></bndbox></part>
        </object>
        <object>
          <name>dog</name><difficult>1</difficult>
          <bndbox><ymax>3</ymax><ymin>3</ymin><xmax>51</xmax><xmin>0</xmin></bndbox>
        </object>
      </annotation>
      """;

  @Test
  void cornersThatCountFromOneBecomePlaces() throws CorruptInputException {
    VocAnnotation voc = VocAnnotation.read(Refusal.file("1.xml", XML));
    assertThat(voc.file()).isEqualTo("2008_000001.jpg");
    assertThat(voc.width()).isEqualTo(50);
    assertThat(voc.height()).isEqualTo(40);
    assertThat(voc.objects())
        .containsExactly(
            new VocObject(new Box2d(0, 10, 50, 10.5, "person"), "Left", true, false),
            new VocObject(new Box2d(0, 2, 50, 1, "dog"), "", false, true));
    assertThat(voc.clipped()).isEqualTo(1);
  }

  @Test
  void namesWhatIsWrong() {
    VOC.expect(Reason.BAD_ROW, "It is no XML", XML.replace("</size>", ""));
    VOC.expect(Reason.BAD_ROW, "It is no XML", "");
    VOC.expect(Reason.BAD_ROW, "It has no annotation/size/width", XML.replace("width>", "w>"));
    VOC.expect(Reason.BAD_ROW, "no annotation/object/name", XML.replace("<name>dog</name>", ""));
    VOC.expect(
        Reason.BAD_ROW, "no annotation/object/bndbox/xmin", XML.replace("<xmin>0</xmin>", ""));
    VOC.expect(Reason.BAD_ROW, "The box of object 0 ends before", XML.replace(">50</xm", ">0</xm"));
    VOC.expect(Reason.BAD_ROW, "height is no number of pixels", XML.replace("40", "-40"));
    VOC.expect(Reason.BAD_ROW, "ymax is no number: 'x'", XML.replace("20.5", "x"));
    VOC.expect(Reason.NOT_FINITE, "ymax is not finite", XML.replace("20.5", "1e999"));
    VOC.expect(
        Reason.TOO_LARGE,
        "Its XML is deeper than 64",
        XML.replace("flickr", "<a>".repeat(99) + "</a>".repeat(99)));
    VOC.ofDamage(XML.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void entitiesAreRefusedAndNothingIsFetched() {
    String doctype = "<!DOCTYPE annotation [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
    String head = "<?xml version=\"1.0\"?>";
    VOC.expect(
        Reason.UNSUPPORTED,
        "declares or uses entities",
        XML.replace(head, head + doctype).replace("2008_000001.jpg", "&e;"));
    VOC.expect(Reason.BAD_ROW, "It is no XML", XML.replace("2008_000001.jpg", "&e;"));
  }

  @Test
  void mapsAreIndicesOfThePalette() throws CorruptInputException {
    byte[] png = Pngs.palette(4, 2, 8, 0, 20, 255, 1, 5, 5, 255, 0);
    ClassMap map = VocMaps.classes(Refusal.file("a.png", png));
    assertThat(map.ids()).containsExactly(0, 20, 255, 1, 5, 5, 255, 0);
    assertThat(map.voidId()).isEqualTo(255);
    byte[] small = Pngs.palette(3, 2, 4, 0, 15, 3, 1, 2, 3);
    assertThat(VocMaps.objects(Refusal.file("a.png", small)).ids())
        .containsExactly(0, 15, 3, 1, 2, 3);
    Refusal maps = Refusal.of("a.png", VocMaps::classes);
    maps.expect(
        Reason.INDEX_OUT_OF_RANGE,
        "Pixel 1, 0 is of class 21, beyond 20",
        Pngs.palette(2, 1, 8, 0, 21));
    maps.expect(Reason.UNSUPPORTED, "Its pixels are of 3 channels", Pngs.rgb(1, 1, 1, 1, 1));
    maps.ofDamage(png);
  }
}
