"""Writes the first files of the fuzzers' corpora: small and whole ones of each format.

python3 make_seeds.py    (needs NumPy; run in this folder)

They go to ../org/trispike/.../CLASSInputs/METHOD/, where Jazzer looks for them. What fuzzing found
lies beside them under names that say what it was. HDF5 files and pickles are those of ../hdf5 and
../pickle; the JPEG files are Java's own (ImageIO, 16 x 16 pixels: grey, colour, progressive).
"""
import base64
import hashlib
import io
import json
import pathlib
import struct
import zipfile
import zlib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent / "org/trispike/datasets"


def put(where, method, name, content):
    folder = ROOT / (where + "Inputs") / method
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


SHAPE, EVENT = "format/ShapeFuzzTest", "format/event/EventFuzzTest"
PLACES = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], "<f4")
CORNERS = np.array([0, 1, 2], "<u2")


def png(width, height, depth, color, rows, *others):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    body = b"".join(chunk(kind, data) for kind, data in others)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


RGB = png(2, 2, 8, 2, b"\0\xff\0\0\0\xff\0" + b"\1\0\0\xff\xff\xff\xff")
put(SHAPE, "png", "rgb.png", RGB)
put(SHAPE, "png", "rgba.png", png(1, 1, 8, 6, b"\0\x10\x20\x30\x40"))
put(SHAPE, "png", "grey16.png", png(2, 1, 16, 0, b"\0\x12\x34\xff\xff"))
put(SHAPE, "png", "palette.png", png(2, 1, 1, 3, b"\0\x40", (b"PLTE", b"\0\0\0\xff\0\0"), (b"tRNS", b"\x80")))


def gltf(uri):
    buffer = PLACES.tobytes() + CORNERS.tobytes() + b"\0\0" + np.array([[0, 0], [1, 0], [0, 1]], "<f4").tobytes()
    root = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "scale": [1, 2, 1], "children": [1]}, {"rotation": [0, 0, 0, 1]}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 2}, "indices": 1, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [1, 0.5, 0, 1], "baseColorTexture": {"index": 0}}}],
        "textures": [{"source": 0}],
        "images": [{"uri": "data:image/png;base64," + base64.b64encode(RGB).decode()}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
            {"bufferView": 1, "componentType": 5123, "count": 3, "type": "SCALAR"},
            {"bufferView": 2, "componentType": 5126, "count": 3, "type": "VEC2"},
        ],
        "bufferViews": [
            {"buffer": 0, "byteLength": 36},
            {"buffer": 0, "byteOffset": 36, "byteLength": 6},
            {"buffer": 0, "byteOffset": 44, "byteLength": 24},
        ],
        "buffers": [{"byteLength": len(buffer)}],
    }
    if uri:
        root["buffers"][0]["uri"] = "data:;base64," + base64.b64encode(buffer).decode()
    return root, buffer


def glb(root, buffer):
    text = json.dumps(root).encode()
    text += b" " * (-len(text) % 4)
    buffer += b"\0" * (-len(buffer) % 4)
    length = 12 + 8 + len(text) + 8 + len(buffer)
    return (b"glTF" + struct.pack("<II", 2, length) + struct.pack("<I", len(text)) + b"JSON" + text
            + struct.pack("<I", len(buffer)) + b"BIN\0" + buffer)


put(SHAPE, "gltf", "triangle.gltf", json.dumps(gltf(True)[0]))
root, buffer = gltf(False)
put(SHAPE, "glb", "triangle.glb", glb(root, buffer))
root["skins"] = [{"joints": [1]}]
root["nodes"][0]["skin"] = 0
root["meshes"][0]["primitives"][0].update({"mode": 5, "targets": [{"POSITION": 0}]})
root["meshes"][0]["weights"] = [0.5]
root["accessors"][0]["sparse"] = {
    "count": 1,
    "indices": {"bufferView": 1, "componentType": 5123},
    "values": {"bufferView": 0},
}
put(SHAPE, "glb", "sparse.glb", glb(root, buffer))

put(SHAPE, "obj", "square.obj", "mtllib a.mtl\r\nv 0 0 0\nv 1 0 0 1 0.5 0\nv 1 1 0\nv 0 1e-1 \\\n .5\nvt 0 0\nvn 0 0 1\n"
    "usemtl m\nf 1/1/1 2/1/1 3//1 -1\ng x\n# c\nf 1 2 3\n")
put(SHAPE, "mtl", "two.mtl", "newmtl m\nKa 1 1 1\nKd 0.1 .5 1\nmap_Kd -s 1 1 1 -clamp on a.png\nnewmtl n\nKd spectral x\nd 0.5\n")
put(SHAPE, "off", "coff.off", "COFF\n# c\n4 2 0\n" + "0 0 0 1 0 0 1\n1 0 0 .5 .5 0 1\n1 1 0 0 0 1 1\n0 1 0 1 1 1 1\n"
    + "3 0 1 2\n4 0 1 2 3 255 0 0\n")
put(SHAPE, "off", "glued.off", "OFF3 1 0\n0 0 0\n1 0 0\n0 1 0\n3 0 1 2\n")

PLY = ("ply\nformat {} 1.0\ncomment x\nelement vertex 3\nproperty float x\nproperty float y\nproperty float z\n"
       "property uchar red\nproperty uchar green\nproperty uchar blue\nelement face 1\n"
       "property list uchar int vertex_indices\nend_header\n")
put(SHAPE, "ply", "text.ply", PLY.format("ascii") + "0 0 0 255 0 0\n1 0 0 0 255 0\n0 1 0 0 0 255\n3 0 1 2\n")
for order, name in ("<", "binary_little_endian"), (">", "binary_big_endian"):
    rows = b"".join(struct.pack(order + "fffBBB", *place, 9, 8, 7) for place in PLACES.tolist())
    put(SHAPE, "ply", name + ".ply", PLY.format(name).encode() + rows + struct.pack(order + "Biii", 3, 0, 1, 2))
put(SHAPE, "ply", "strips.ply", "ply\nformat ascii 1.0\nelement vertex 3\nproperty double x\nproperty double y\n"
    "property double z\nelement tristrips 1\nproperty list int int vertex_indices\nend_header\n0 0 0\n1 0 0\n0 1 0\n4 0 1 2 -1\n")
facet = struct.pack("<12fH", 0, 0, 1, *PLACES.reshape(-1).tolist(), 0x8000)
put(SHAPE, "stl", "binary.stl", b"COLOR=\1\2\3\4".ljust(80) + struct.pack("<I", 2) + facet * 2)
put(SHAPE, "stl", "text.stl", "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n")


def npy(array, **options):
    out = io.BytesIO()
    np.save(out, array, **options)
    return out.getvalue()


CLOUD = np.arange(18).reshape(3, 6)
for kind in "<f4", ">f8", "<f2", "|u1", "<i8":
    put(SHAPE, "npy", kind[1:] + ".npy", npy(CLOUD.astype(kind)))
put(SHAPE, "npy", "columns.npy", npy(np.asfortranarray(CLOUD[:, :3].astype("<f4"))))
for name, method in ("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("xyz.npy", npy(CLOUD[:, :3].astype("<f4")))
        archive.writestr("rgb.npy", npy(CLOUD[:, 3:].astype("u1")))
    put(SHAPE, "npz", name + ".npz", out.getvalue())

EVENTS = [(1000 + 7 * i, 3 * i % 30, 5 * i % 20, i % 2) for i in range(12)]
A2 = "#!AER-DAT2.0\r\n# This is a raw AE data file\r\n"
put(EVENT, "aedat2", "dvs.aedat", A2.encode() + b"".join(
    struct.pack(">II", y << 8 | x << 1 | p, t) for t, x, y, p in EVENTS))
put(EVENT, "aedat2", "davis.aedat", (A2 + "# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\r\n").encode() + b"".join(
    struct.pack(">II", y << 22 | x << 12 | p << 11, t) for t, x, y, p in EVENTS))
words = b"".join(struct.pack("<II", x << 17 | y << 2 | p << 1 | 1, t) for t, x, y, p in EVENTS)
put(EVENT, "aedat3", "polarity.aedat", b"#!AER-DAT3.1\r\n#Format: RAW\r\n#!END-HEADER\r\n" + struct.pack(
    "<HHIIIIII", 1, 0, 8, 4, 0, len(EVENTS), len(EVENTS), len(EVENTS)) + words)


def aedat4(packing, pack):
    xml = ('<dv version="2.0"><node name="outInfo" path="/outInfo/"><node name="0"><attr key="typeIdentifier" type="string">'
           'EVTS</attr><node name="info"><attr key="sizeX" type="int">30</attr><attr key="sizeY" type="int">20</attr></node>'
           "</node></node></dv>").encode()
    head = struct.pack("<II4s6H", 48 + len(xml), 20, b"IOHE", 10, 20, 4, 8, 16, 0)
    head += struct.pack("<iIqIII", 12, packing, -1, 8, 0, len(xml)) + xml
    body = struct.pack("<II4s4HiII", 28 + 16 * len(EVENTS), 16, b"EVTS", 0, 6, 8, 4, 6, 4, len(EVENTS))
    body += b"".join(struct.pack("<qHHB3x", *event) for event in EVENTS)
    packed = pack(body)
    return b"#!AER-DAT4.0\r\n" + head + struct.pack("<II", 0, len(packed)) + packed


def lz4(data):
    """A frame of one block that is stored as it is."""
    return struct.pack("<IBBB", 0x184D2204, 0x60, 0x40, 0) + struct.pack("<I", 1 << 31 | len(data)) + data + b"\0" * 4


put(EVENT, "aedat4", "plain.aedat4", aedat4(0, lambda body: body))
put(EVENT, "aedat4", "lz4.aedat4", aedat4(1, lz4))
put(EVENT, "bin", "five.bin", b"".join(struct.pack(">BBI", x, y, p << 23 | t)[:2] + struct.pack(">I", p << 23 | t)[1:]
                                      for t, x, y, p in EVENTS) + bytes([0, 240, 0, 0, 0]))
put(EVENT, "bs2", "five.bs2", b"".join(bytes([x, y]) + struct.pack(">I", p << 23 | t)[1:] for t, x, y, p in EVENTS))
put(EVENT, "bs3", "seven.bs3", b"".join(struct.pack(">HH", x, y) + struct.pack(">I", p << 23 | t)[1:] for t, x, y, p in EVENTS))
put(EVENT, "dat", "cd.dat", b"% Data file\n% Version 2\n% Height 20\n% Width 30\n\0\x08" + b"".join(
    struct.pack("<II", t, p << 28 | y << 14 | x) for t, x, y, p in EVENTS))
put(EVENT, "evt2", "two.raw", b"% evt 2.0\n% end\n" + struct.pack("<I", 8 << 28 | 15) + b"".join(
    struct.pack("<I", p << 28 | (t & 63) << 22 | x << 11 | y) for t, x, y, p in EVENTS))
put(EVENT, "evt3", "three.raw", b"% evt 3.0\n% geometry 30x20\n" + struct.pack(
    "<10H", 8 << 12 | 1, 6 << 12 | 5, 0 << 12 | 7, 2 << 12 | 1 << 11 | 9, 6 << 12 | 6, 3 << 12 | 4, 4 << 12 | 0xA5,
    5 << 12 | 0x81, 8 << 12 | 2, 2 << 12 | 3))

LIDAR, LABEL = "format/lidar/LidarFuzzTest", "format/label/LabelFuzzTest"
put(LIDAR, "scan", "two.bin", struct.pack("<8f", 1, 2, 3, 0.5, -4, 5, 6, 1))
put(LIDAR, "points", "two.label", struct.pack("<2I", 10, 7 << 16 | 40))
put(LIDAR, "labels", "car.txt", "Car 0.00 0 -1.57 600 150 630 190 1.5 1.6 4.0 2.0 1.5 10.0 -1.57\n"
    "DontCare -1 -1 -10 503 169 590 190 -1 -1 -1 -1000 -1000 -1000 -10\n")
put(LIDAR, "calibration", "frame.txt", "".join(f"P{i}: 100 0 320 0 0 100 240 0 0 0 1 0\n" for i in range(4))
    + "R0_rect: 1 0 0 0 1 0 0 0 1\nTr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0\nTr_imu_to_velo: 1 0 0 0 0 1 0 0 0 0 1 0\n")
put(LIDAR, "learningMap", "three.yaml", 'labels:\n  0: "unlabeled"\n  10: "car"\n  40: "road"\nlearning_map:\n  0: 0 # none\n'
    "  10: 1\n  40: 2\nlearning_map_inv:\n  0: 0\n  1: 10\n  2: 40\nlearning_ignore:\n  0: True\n  1: False\n  2: False\n"
    "split:\n  train:\n    - 0\n  valid:\n    - 8\n  test:\n    - 11\n")
put(LABEL, "coco", "three.json", json.dumps({
    "info": {"year": 2017},
    "images": [{"id": 2, "file_name": "a.jpg", "width": 10, "height": 8}, {"id": 3, "file_name": "b.jpg", "width": 3, "height": 2}],
    "categories": [{"id": 1, "name": "person"}, {"id": 18, "name": "dog"}],
    "annotations": [
        {"id": 5, "image_id": 2, "category_id": 18, "bbox": [1, 2, 3.5, 4], "area": 14.0, "iscrowd": 0,
         "segmentation": [[1, 2, 4.5, 2, 4.5, 6, 1, 6]]},
        {"id": 6, "image_id": 3, "category_id": 1, "bbox": [0, 0, 3, 2], "iscrowd": 1,
         "segmentation": {"counts": [1, 3, 2], "size": [2, 3]}},
        {"id": 7, "image_id": 2, "category_id": 1, "bbox": [0, 6, 10, 2], "segmentation": {"size": [8, 10], "counts": "0`2"}}]}))
put(LABEL, "panoptic", "one.json", json.dumps({
    "images": [{"id": 4, "file_name": "a.jpg", "width": 3, "height": 1}],
    "categories": [{"id": 200, "name": "rug", "isthing": 0}, {"id": 1, "name": "person", "isthing": 1}],
    "annotations": [{"image_id": 4, "file_name": "a.png", "segments_info": [
        {"id": 197121, "category_id": 200, "iscrowd": 0, "bbox": [0, 0, 1, 1], "area": 1},
        {"id": 256, "category_id": 1, "iscrowd": 1}]}]}))
put(LABEL, "panopticMap", "two.png", png(2, 2, 8, 2, b"\0\xff\0\0\0\xff\0" + b"\0\0\0\0\xff\0\0"))
put(LABEL, "ade", "two.png", png(2, 1, 8, 2, b"\0\x0a\x10\x01\0\0\0"))
put(LABEL, "map", "classes.png", png(2, 1, 8, 0, b"\0\x07\0"))
put(LABEL, "map", "instances.png", png(2, 1, 16, 0, b"\0\x65\x90\0\x07"))
put(LABEL, "map", "palette.png", png(2, 1, 1, 3, b"\0\x40", (b"PLTE", b"\0\0\0\xff\0\0")))
put(LABEL, "voc", "dog.xml", "<annotation><filename>a.jpg</filename><size><width>10</width><height>8</height><depth>3</depth></size>"
    "<object><name>dog</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin>"
    "<xmax>5</xmax><ymax>7.5</ymax></bndbox><part><name>head</name></part></object></annotation>")
put(LABEL, "yolo", "three.txt", "0 0.5 0.5 0.25 0.5\n1 0.1 0.1 0.9 0.1 0.5 0.9\n\n1 0.25 0.75 0.5 0.5\n")
put(LABEL, "yoloNames", "map.yaml", "path: ../a # here\nnames:\n  0: person\n  1: 'traffic light'\n")
put(LABEL, "yoloNames", "list.yaml", 'nc: 2\nnames: [person, "traffic light"]\n')
put(LABEL, "gestures", "two.csv", "class,startTime_usec,endTime_usec\n1,80048239,85092709\n11,89431170,95231007\n")
BOX = np.zeros(2, [("ts", "<u8"), ("x", "<f4"), ("y", "<f4"), ("w", "<f4"), ("h", "<f4"), ("class_id", "u1"),
                   ("confidence", "<f4"), ("track_id", "<u4")])
BOX["w"], BOX["h"], BOX["class_id"] = 4, 3, [0, 1]
table = io.BytesIO()
np.save(table, BOX)
put(LABEL, "eventBoxes", "two_bbox.npy", table.getvalue())

for name in "scanobjectnn.h5", "growing.h5", "bomb.h5":
    put("format/hdf5/Hdf5FuzzTest", "clouds", name, (HERE.parent / "hdf5" / name).read_bytes())
for name in "plain0.pkl", "plain5.pkl", "numpy0.pkl", "numpy5.pkl", "evil4.pkl":
    put("format/pickle/PickleFuzzTest", "pickle", name, (HERE.parent / "pickle" / name).read_bytes())
for name in "openshape.npy", "bare.npy":
    put("format/pickle/PickleFuzzTest", "record", name, (HERE.parent / "pickle" / name).read_bytes())

put("source/ListFuzzTest", "csv", "list.csv", "\ufeffshape,images,text,category,split,id\r\n"
    '"a,""b"".obj",x.png;y.png,"a chair, red;one\nmore",chair,test,1\r\nb.glb,,,,,2\n')
put("source/ListFuzzTest", "jsonl", "list.jsonl", '{"shape":"a.off","images":["x.png"],"text":"a; b","id":"7",'
    '"text_embedding":"t.npy","n":[1.5e3,-2]}\n\n{"shape":"b.off","texts":["b","\\u00fc"],"category":null}\n')
put("source/ListFuzzTest", "openShape", "train.json", '[{"id":"u1","dataset":"ABO","group":"0","data_path":"/ABO/u1.npy"},'
    '{"uid":"u2","data_path":"u2.npy","category":"chair"}]')
put("source/ListFuzzTest", "captions", "cap3d.csv", 'aa,"a red chair, worn"\r\nbb,table\n')
put("source/ListFuzzTest", "taxonomy", "taxonomy.json", json.dumps([
    {"synsetId": "02691156", "name": "airplane, aeroplane,plane", "children": ["02690373"]}, {"synsetId": "3", "name": ""}]))
put("teacher/onnx/PreprocessorFuzzTest", "preprocessor", "clip.json", json.dumps({
    "crop_size": {"height": 224, "width": 224}, "do_center_crop": True, "do_convert_rgb": True, "do_normalize": True,
    "do_rescale": True, "do_resize": True, "image_mean": [0.48, 0.46, 0.41], "image_std": [0.27, 0.26, 0.28],
    "resample": 3, "rescale_factor": 0.0039, "size": {"shortest_edge": 224}}))
put("teacher/onnx/PreprocessorFuzzTest", "preprocessor", "square.json", json.dumps({
    "crop_size": 64, "do_center_crop": False, "resample": 2, "size": {"height": 64, "width": 64},
    "image_mean": [0, 0, 0], "image_std": [1, 1, 1]}))
sha = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
put("shard/ManifestFuzzTest", "dataset", "dataset.json", json.dumps({
    "schema_version": 1, "id": hashlib.sha256(sha.encode()).hexdigest(), "points": "u16-xyz-u8-rgb",
    "teacher": {"id": "t", "kind": "embedded", "dimension": 4, "precision": "float16"}, "splits": {"train": 3},
    "shards": [{"path": "shards/train-00000.parquet", "split": "train", "rows": 3, "bytes": 9, "sha256": sha, "row_groups": [2, 1]}],
    "quarantine": {"EMPTY": 1}, "categories": {"chair": 3}, "provenance": {"fingerprint": "f"}}))
put("teacher/TeacherFuzzTest", "manifest", "precomputed.json", json.dumps({
    "format_version": 1, "id": "precomputed-2-3f1d3d2c6b7f3f0e", "kind": "precomputed", "dimension": 2,
    "names": {"chair": [0.6, 0.8], "table": [1, 0]}}))
put("teacher/TeacherFuzzTest", "tower", "tower.bin", struct.pack("<i", 2)
    + struct.pack("<ii", 27, 2) + bytes(4 * 27 * 2 + 8) + struct.pack("<ii", 2, 3) + bytes(4 * 2 * 3 + 12))
