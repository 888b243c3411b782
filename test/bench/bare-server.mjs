import { createServer } from 'node:http'

// The bare limit beside which the gateway is measured. Plain JavaScript: stripping types would cost it time.
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end('{"ok":true}')
})
server.listen(Number(process.argv[2]), '127.0.0.1')
