package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.lidar.KittiCalibration;
import org.trispike.datasets.format.lidar.KittiLabels;
import org.trispike.datasets.format.lidar.LearningMap;
import org.trispike.datasets.format.lidar.LidarScan;
import org.trispike.datasets.format.lidar.PointLabels;
import org.trispike.datasets.row.CameraImage;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.Scene;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.KittiFrame;
import org.trispike.datasets.source.RecordingFiles;
import org.trispike.datasets.source.ScanLabels;

/** Reads scans of lidars with their boxes, or with the labels of their points. */
final class SceneMaker implements RowMaker<Scene> {
  /** The camera of KITTI's folder image_2. */
  private static final int LEFT_COLOUR = 2;

  private final RecordingFiles files;
  private final RowSources sources;
  private final Limits limits;
  private Optional<LearningMap> map = Optional.empty();

  SceneMaker(RecordingFiles files, Limits limits) {
    this.limits = limits;
    this.files = files;
    this.sources = new RowSources(files);
  }

  @Override
  public RowKind<Scene> kind() {
    return RowKind.SCENE;
  }

  @Override
  public RecordingFiles files() {
    return files;
  }

  @Override
  public Scene read(InputRow row) throws CorruptInputException {
    Scene scene;
    if (row.annotation() instanceof KittiFrame frame) {
      scene = boxes(row, frame);
    } else {
      ScanLabels paths = (ScanLabels) row.annotation();
      scene = labels(row, paths.labels(), map(paths.learningMap()));
    }
    return scene;
  }

  private Scene boxes(InputRow row, KittiFrame frame) throws CorruptInputException {
    sources.begin();
    LidarScan scan = LidarScan.read(source(row.path()));
    KittiCalibration calibration = KittiCalibration.read(source(frame.calibration()));
    KittiLabels labels =
        frame.labels().isEmpty()
            ? new KittiLabels(List.of())
            : KittiLabels.read(source(frame.labels()));
    List<CameraImage> images = new ArrayList<>();
    for (EncodedImage image : PictureFiles.read(files, row.images(), limits)) {
      images.add(
          new CameraImage(
              image, calibration.velodyneToRectified(), calibration.cameras().get(LEFT_COLOUR)));
    }
    return new Scene(
        row.id(),
        row.path(),
        row.split(),
        Optional.of(scan),
        Optional.empty(),
        labels.boxes(calibration),
        labels.dontCare(),
        images,
        sources.of(row));
  }

  /**
   * @param path of the labels, or "" where they are kept back
   */
  private Scene labels(InputRow row, String path, LearningMap classes)
      throws CorruptInputException {
    sources.begin();
    LidarScan scan = LidarScan.read(source(row.path()));
    Optional<PointLabels> labels = Optional.empty();
    if (!path.isEmpty()) {
      Source source = source(path);
      PointLabels raw = PointLabels.read(source);
      raw.checkMatches(source, scan);
      labels = Optional.of(new PointLabels(classes.classes(source, raw), raw.instance()));
    }
    return new Scene(
        row.id(),
        row.path(),
        row.split(),
        Optional.of(scan),
        labels,
        List.of(),
        List.of(),
        List.of(),
        sources.of(row));
  }

  /** The learning map, which all rows of a collection share, so that it is no row's own file. */
  private LearningMap map(String path) throws CorruptInputException {
    if (map.isEmpty()) {
      map = Optional.of(LearningMap.read(source(path)));
    }
    return map.get();
  }

  private Source source(String path) {
    return Source.of(files, path, limits);
  }
}
