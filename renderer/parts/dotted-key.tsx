import { Fragment } from 'react'

/** A key of the configuration, which may break behind its dots and nowhere else where that is enough. */
export function DottedKey({ children }: { children: string }) {
  return (
    <code className="dotted-key">
      {children.split('.').map((part, index, parts) => (
        // The parts of one key never change places, so their position names them.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={index}>
          {part}
          {index < parts.length - 1 && (
            <>
              .<wbr />
            </>
          )}
        </Fragment>
      ))}
    </code>
  )
}
