import ArgumentParser
import Harness

/// For experiments: where a process is to hit itself. What `worker`, `monitor` and `load` share.
struct ProbeOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "For fault experiments: ACTION/PART/BOUNDARY/COUNT, such as kill/worker/claim:sent/17.",
            visibility: .hidden))
    var probe: String?

    /// The fault that the option asks for.
    func fault(folder: String, process: String) throws(HarnessError) -> ProcessFault? {
        guard let probe else { return nil }
        return try ProcessFault(parsing: probe, marks: ProcessMarks(.fault, folder: folder, process: process))
    }
}
