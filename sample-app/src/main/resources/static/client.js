// The official client, from our own server where the build found npm, else from the CDN of the Socket.IO documentation.
const CDN = 'https://cdn.socket.io/4.8.3/socket.io.min.js';
const CDN_HASH = 'sha384-kzavj5fiMwLKzzD1f8S7TeoVIEi7uKHvbTA3ueZkrzYq75pNQUiUi6Dy98Q3fxb0';

/** Resolves to the client's `io` function. */
export async function loadClient() {
  if (!window.io) {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = CDN;
      script.integrity = CDN_HASH;
      script.crossOrigin = 'anonymous';
      script.onload = resolve;
      script.onerror = () => reject(new Error('The Socket.IO client could not be loaded.'));
      document.head.append(script);
    });
  }
  return window.io;
}
