// The camera as a scanner: the reader (jsQR) is loaded when somebody taps, not before.
//
// <button data-camera="id-of-input" hidden>: what is read goes into the input and its form is sent.
export function camera(button) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  button.hidden = false;
  const input = document.getElementById(button.dataset.camera);
  const box = button.closest('.mc-scan');
  const video = box.querySelector('video');
  const said = box.querySelector('[data-scan-said]');
  let stream;

  const stop = () => { stream?.getTracks().forEach((track) => track.stop()); stream = undefined; video.hidden = true; button.setAttribute('aria-pressed', 'false'); };

  button.addEventListener('click', async () => {
    if (stream) { stop(); return; }
    try {
      const [{ default: jsQR }, opened] = await Promise.all([
        import('jsqr'), navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } }),
      ]);
      stream = opened;
      button.setAttribute('aria-pressed', 'true');
      said.textContent = button.dataset.looking;
      video.hidden = false;
      video.srcObject = stream;
      await video.play();
      read(jsQR);
    } catch { stop(); said.textContent = button.dataset.refused; }
  });

  function read(jsQR) {
    const canvas = document.createElement('canvas');
    const paper = canvas.getContext('2d', { willReadFrequently: true });
    const look = () => {
      if (!stream) return;
      if (video.readyState >= 2) {
        canvas.width = video.videoWidth;
        canvas.height = video.videoHeight;
        paper.drawImage(video, 0, 0);
        const found = jsQR(paper.getImageData(0, 0, canvas.width, canvas.height).data, canvas.width, canvas.height);
        if (found?.data) { stop(); input.value = found.data; said.textContent = ''; input.form.requestSubmit(); return; }
      }
      setTimeout(look, 120);
    };
    look();
  }
}
