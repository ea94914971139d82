import Foundation
import Processes

/// Where the library is that records syncs: `libSyncRecorder.so`, a product of this package.
enum SyncRecorderLibrary {
    private static let name = "libSyncRecorder.so"

    /// Its path: beside the running program (which is where a build puts programs, libraries and tests), in `../lib`
    /// from there, or in the release build of the package in the working directory.
    ///
    /// - Throws: ``RedisError/privateServer(reason:)`` when it is nowhere, with what to do.
    static func path() throws(RedisError) -> String {
        let program = URL(fileURLWithPath: ExecutableSearch.current).deletingLastPathComponent()
        let folders = [
            program, program.deletingLastPathComponent().appending(path: "lib"),
            URL(fileURLWithPath: FileManager.default.currentDirectoryPath).appending(path: ".build/release"),
        ].map { $0.standardizedFileURL.path }
        for folder in folders where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
            return "\(folder)/\(name)"
        }
        throw .privateServer(
            reason: "power cuts need \(name), which is not in \(folders.joined(separator: " nor in "));"
                + " build it: swift build -c release --product SyncRecorder")
    }
}
