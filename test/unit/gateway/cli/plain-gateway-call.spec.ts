import { expect, it } from 'vitest'
import { readPlainGatewayCall } from '../../../../gateway/cli/plain-gateway-call.ts'

it.each([
  [['gateway'], { isVerbose: false, port: undefined }],
  [['gateway', '--port', '19001', '--verbose'], { isVerbose: true, port: '19001' }],
  [['gateway', '--port=19001'], null],
  [['gateway', '--port'], null],
  [['gateway', '--help'], null],
  [['health'], null],
  [[], null],
])('%j', (args, expected) => {
  expect(readPlainGatewayCall(args)).toEqual(expected)
})
