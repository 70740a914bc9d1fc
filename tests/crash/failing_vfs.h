// A SQLite file system that fails when it is told to: the disk of a bad day.
#ifndef MOTCUA_TESTS_CRASH_FAILING_VFS_H_
#define MOTCUA_TESTS_CRASH_FAILING_VFS_H_

namespace motcua {

enum class DiskFault {
  kWriteFails,  // nothing is written
  kWriteShort,  // half of it is written
  kDiskFull,    // half of it is written, and there is no room for the rest
  kSyncFails,
};

// While it lives, files are opened by that file system.
class FailingDisk {
 public:
  FailingDisk();
  ~FailingDisk();
};

// Lets the `nth` operation that the fault concerns fail, counted from now, and all after it
// until Heal.
void FailAt(int nth, DiskFault fault);
void Heal();
// Whether a fault has struck since FailAt.
bool Struck();

}  // namespace motcua

#endif  // MOTCUA_TESTS_CRASH_FAILING_VFS_H_
