package org.trispike.datasets.format.pickle;

import java.util.List;
import java.util.Map;
import org.trispike.datasets.format.Checks;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.NpyHeader;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.geometry.PointCloud;

/**
 * A shape of OpenShape's training data: a cloud, and features of pictures and texts. On disk it is
 * a dictionary of Python, saved by NumPy (.npy, version 1 to 3, descr '|O'). Source: Liu et al.,
 * OpenShape (2023), the loader of its code. What is missing is empty; without {@code xyz} there is
 * no record.
 *
 * @param dataset where the shape is from
 * @param group a part of that dataset
 * @param id its name there
 * @param cloud its points with colours in 0..1
 * @param imageFeatures of its views, a row each
 * @param thumbnailFeature of its thumbnail
 * @param texts that came with it
 * @param blipCaption that BLIP wrote of a view
 * @param msftCaption that Azure's service wrote of a view
 * @param retrievalTexts of similar pictures on the web
 */
@SuppressWarnings("ArrayRecordComponent") // features that are passed through
public record OpenShapeRecord(
    String dataset,
    String group,
    String id,
    PointCloud cloud,
    List<float[]> imageFeatures,
    float[] thumbnailFeature,
    List<OpenShapeText> texts,
    OpenShapeText blipCaption,
    OpenShapeText msftCaption,
    List<OpenShapeText> retrievalTexts) {
  public OpenShapeRecord {
    imageFeatures = List.copyOf(imageFeatures);
    texts = List.copyOf(texts);
    retrievalTexts = List.copyOf(retrievalTexts);
  }

  /** The record that a .npy file holds. */
  public static OpenShapeRecord read(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    NpyHeader header = NpyHeader.read(source.path(), bytes);
    source.check(header.objects(), Reason.UNSUPPORTED, "It holds no object of Python");
    Object root = Unpickler.read(source.path(), bytes, header.end(), source.limits());
    if (!(root instanceof Map<?, ?> map)) {
      throw source.bad(Reason.UNSUPPORTED, "It holds no dictionary");
    }
    OpenShapeFields fields = new OpenShapeFields(source, map);
    float[] xyz = fields.points("xyz");
    source.check(xyz.length > 0, Reason.EMPTY, "It has no 'xyz'");
    float[] rgb = fields.points("rgb");
    source.check(
        rgb.length == 0 || rgb.length == xyz.length,
        Reason.BAD_HEADER,
        "It has colours of %s points for %s",
        rgb.length / 3,
        xyz.length / 3);
    return new OpenShapeRecord(
        fields.text("dataset"),
        fields.text("group"),
        fields.text("id"),
        Checks.cloud(source, xyz, rgb.length == 0 ? null : rgb),
        fields.rows("image_feat"),
        fields.row("thumbnail_feat"),
        fields.texts("text"),
        fields.caption("blip_caption"),
        fields.caption("msft_caption"),
        fields.texts("retrieval_text"));
  }
}
