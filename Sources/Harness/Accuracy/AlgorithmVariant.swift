package import Fibonacci
package import Multiprecision

/// An algorithm as a study names it: at a precision and in a rounding mode, where it has a choice of them.
package struct AlgorithmVariant: Sendable {
    /// What computes.
    package let algorithm: any FibonacciAlgorithm
    /// The mode of its rounded steps; the hardware's for a format of the processor.
    package let rounding: RoundingMode

    /// The precisions that are scanned unless others are named, in bits: those of IEEE 754's binary formats, bfloat16's
    /// and x87's, and powers of two.
    package static let defaultPrecisions = [8, 11, 24, 32, 53, 64, 113, 128, 237, 256, 512, 1_024, 2_048, 4_096]
    /// Those of the study: 34 is the least beyond 5 bits at which some n below the last exact one fails.
    package static let studiedPrecisions = (defaultPrecisions + [34]).sorted()

    /// Each named algorithm; those that take a precision at each precision and in each mode.
    ///
    /// - Parameters:
    ///   - precisions: bits; `nil` for what the command takes by default, which then says nothing about other formats.
    ///   - roundings: modes; `nil` likewise.
    /// - Throws: ``HarnessError/usage(_:)`` for an unknown name, or for a precision or a mode that no named one takes.
    package static func expand(
        _ names: [String], precisions: [Int]?, roundings: [RoundingMode]?,
        defaults: (bits: [Int], modes: [RoundingMode])
    ) throws(HarnessError) -> [AlgorithmVariant] {
        do throws(FibonacciError) {
            let algorithms = try names.map { name throws(FibonacciError) in
                try AlgorithmRegistry.algorithm(named: name)
            }
            if precisions != nil || roundings != nil, !algorithms.contains(where: { $0 is BinetMPFRFibonacci }),
                let first = algorithms.first
            {
                throw .fixedFormat(algorithm: first.name, adjustable: BinetMPFRFibonacci().name)
            }
            return algorithms.flatMap {
                variants(of: $0, bits: precisions ?? defaults.bits, modes: roundings ?? defaults.modes)
            }
        } catch {
            throw .usage("\(error)")
        }
    }

    private static func variants(
        of algorithm: any FibonacciAlgorithm, bits: [Int], modes: [RoundingMode]
    ) -> [AlgorithmVariant] {
        guard algorithm is BinetMPFRFibonacci else {
            return [AlgorithmVariant(algorithm: algorithm, rounding: .nearest)]
        }
        return bits.flatMap { bits in
            modes.map { mode in
                AlgorithmVariant(
                    algorithm: BinetMPFRFibonacci(precisionBits: bits, rounding: mode), rounding: mode)
            }
        }
    }
}
