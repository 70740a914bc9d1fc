#include "tests/crash/failing_vfs.h"

#include <sqlite3.h>

#include <cstring>

namespace motcua {
namespace {

int countdown = 0;  // 0: healthy; 1: the next one fails
bool struck = false;
DiskFault fault = DiskFault::kWriteFails;
sqlite3_vfs* disk = nullptr;

// A file of ours: our methods, then the real file.
struct FailingFile {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* Real(sqlite3_file* file) { return reinterpret_cast<FailingFile*>(file)->real; }

bool Strikes(bool is_sync) {
  if (countdown == 0 || is_sync != (fault == DiskFault::kSyncFails)) return false;
  if (countdown > 1) {
    --countdown;
    return false;
  }
  struck = true;
  return true;
}

int Write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  sqlite3_file* real = Real(file);
  if (!Strikes(false)) return real->pMethods->xWrite(real, data, size, at);
  if (fault != DiskFault::kWriteFails) real->pMethods->xWrite(real, data, size / 2, at);
  return fault == DiskFault::kDiskFull ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int Sync(sqlite3_file* file, int flags) {
  sqlite3_file* real = Real(file);
  return Strikes(true) ? SQLITE_IOERR_FSYNC : real->pMethods->xSync(real, flags);
}

int Close(sqlite3_file* file) {
  sqlite3_file* real = Real(file);
  return real->pMethods == nullptr ? SQLITE_OK : real->pMethods->xClose(real);
}

// What is passed on unchanged.
int Read(sqlite3_file* f, void* data, int size, sqlite3_int64 at) {
  return Real(f)->pMethods->xRead(Real(f), data, size, at);
}
int Truncate(sqlite3_file* f, sqlite3_int64 size) {
  return Real(f)->pMethods->xTruncate(Real(f), size);
}
int FileSize(sqlite3_file* f, sqlite3_int64* size) {
  return Real(f)->pMethods->xFileSize(Real(f), size);
}
int Lock(sqlite3_file* f, int level) { return Real(f)->pMethods->xLock(Real(f), level); }
int Unlock(sqlite3_file* f, int level) { return Real(f)->pMethods->xUnlock(Real(f), level); }
int CheckReservedLock(sqlite3_file* f, int* out) {
  return Real(f)->pMethods->xCheckReservedLock(Real(f), out);
}
int FileControl(sqlite3_file* f, int op, void* arg) {
  return Real(f)->pMethods->xFileControl(Real(f), op, arg);
}
int SectorSize(sqlite3_file* f) { return Real(f)->pMethods->xSectorSize(Real(f)); }
int DeviceCharacteristics(sqlite3_file* f) {
  return Real(f)->pMethods->xDeviceCharacteristics(Real(f));
}
int ShmMap(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return Real(f)->pMethods->xShmMap(Real(f), page, size, extend, out);
}
int ShmLock(sqlite3_file* f, int offset, int n, int flags) {
  return Real(f)->pMethods->xShmLock(Real(f), offset, n, flags);
}
void ShmBarrier(sqlite3_file* f) { Real(f)->pMethods->xShmBarrier(Real(f)); }
int ShmUnmap(sqlite3_file* f, int remove) { return Real(f)->pMethods->xShmUnmap(Real(f), remove); }

const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     FileSize,
                                     Lock,
                                     Unlock,
                                     CheckReservedLock,
                                     FileControl,
                                     SectorSize,
                                     DeviceCharacteristics,
                                     ShmMap,
                                     ShmLock,
                                     ShmBarrier,
                                     ShmUnmap,
                                     nullptr,
                                     nullptr};

int Open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
  auto* failing = reinterpret_cast<FailingFile*>(file);
  failing->real = reinterpret_cast<sqlite3_file*>(failing + 1);
  std::memset(failing->real, 0, static_cast<std::size_t>(disk->szOsFile));
  const int code = disk->xOpen(disk, name, failing->real, flags, out_flags);
  failing->base.pMethods = failing->real->pMethods == nullptr ? nullptr : &kMethods;
  return code;
}

}  // namespace

FailingDisk::FailingDisk() {
  static sqlite3_vfs failing;
  if (disk == nullptr) disk = sqlite3_vfs_find(nullptr);
  failing = *disk;
  failing.szOsFile = static_cast<int>(sizeof(FailingFile)) + disk->szOsFile;
  failing.zName = "failing";
  failing.xOpen = Open;
  failing.pNext = nullptr;
  sqlite3_vfs_register(&failing, 1);
}

FailingDisk::~FailingDisk() { sqlite3_vfs_register(disk, 1); }

void FailAt(int nth, DiskFault what) {
  countdown = nth;
  fault = what;
  struck = false;
}

void Heal() { countdown = 0; }

bool Struck() { return struck; }

}  // namespace motcua
