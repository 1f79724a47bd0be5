"""Writes the HDF5 files beside it, with h5py: python3 make_fixtures.py"""
import h5py
import numpy as np

cloud, point, axis = np.meshgrid(np.arange(5), np.arange(32), np.arange(3), indexing="ij")
data = (cloud + point / 64 + axis / 1024).astype("<f4")

with h5py.File("modelnet.h5", "w") as file:
    # Chunks that do not divide the shape, in all three dimensions.
    file.create_dataset("data", data=data, chunks=(2, 20, 2), compression="gzip", shuffle=True)
    file.create_dataset("label", data=np.arange(5, dtype="u1")[:, None] * 9, compression="gzip")
    file.create_dataset("faceId", data=np.zeros((5, 32), "<i4"), compression="gzip")
    file.create_dataset("normal", data=np.zeros((5, 32, 3), "<f4"), compression="gzip")

with h5py.File("scanobjectnn.h5", "w") as file:
    file["data"] = data.astype(">f8")
    file["label"] = np.arange(5, dtype="<i4")
    file["mask"] = np.where(point[:, :, 0] % 4 == 0, -1, point[:, :, 0]).astype("<i8")

with h5py.File("external.h5", "w") as file:
    file["data"] = h5py.ExternalLink("elsewhere.h5", "/data")
    file["label"] = np.arange(5, dtype="u1")

with h5py.File("growing.h5", "w", libver="latest") as file:
    file.create_dataset("data", data=data, chunks=(2, 32, 3), maxshape=(None, 32, 3))
    file["label"] = np.arange(5, dtype="u1")

with h5py.File("bomb.h5", "w") as file:
    zeros = file.create_dataset("data", (5, 4096, 3), "<f4", chunks=(5, 4096, 3), compression=9)
    zeros[...] = 0
    file["label"] = np.arange(5, dtype="u1")
